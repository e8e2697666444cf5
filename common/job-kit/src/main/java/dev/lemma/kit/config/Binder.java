// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills records from HOCON values and reports everything that does not fit. An empty result means
 * that a problem was reported.
 */
final class Binder {
  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  private final Layers layers;
  private final Faults faults;
  private final KeyNames names;
  private final List<Resolved.Entry> entries = new ArrayList<>();
  private final Map<Class<?>, Object> sound = new HashMap<>();

  Binder(Layers layers, Shape.Block schema, Faults faults) {
    this.layers = layers;
    this.faults = faults;
    this.names = new KeyNames(schema);
  }

  /** Binds the whole configuration. */
  Optional<Object> bind(Shape.Block schema) {
    reportUnknown(schema, "", layers.root());
    Optional<Object> bound = block(schema, Effect.RESULT, "", layers.root(), NOTHING);
    bound.filter(each -> faults.soundBelow("")).ifPresent(each -> check(each, ""));
    return bound;
  }

  /** Every key bound, in the order of the schema. */
  List<Resolved.Entry> entries() {
    return entries;
  }

  /** The block of this type if it was found sound. */
  <T> Optional<T> block(Class<T> type) {
    return Optional.ofNullable(sound.get(type)).map(type::cast);
  }

  private void reportUnknown(Shape.Block block, String parent, ConfigObject given) {
    given.forEach(
        (name, value) -> {
          Optional<Slot> slot = block.slot(name);
          String path = Layers.child(parent, name);
          if (slot.isEmpty()) {
            List<String> meant = names.meant(parent, name, block);
            meant.forEach(faults::doubt);
            faults.add(
                path,
                layers.origin(path, value),
                "no such key",
                "",
                "",
                meant.isEmpty() ? "remove it" : "did you mean " + String.join(" or ", meant) + "?");
          } else if (KeyNames.inner(slot.get().shape()) instanceof Shape.Block nested
              && value instanceof ConfigObject object) {
            reportUnknown(nested, path, object);
          }
        });
  }

  private Optional<Object> block(
      Shape.Block block, Effect outer, String path, ConfigObject given, ConfigObject fallbacks) {
    Assembly assembly = new Assembly(block, path, faults);
    for (Slot slot : block.slots()) {
      Effect effect = outer.compareTo(slot.effect()) >= 0 ? outer : slot.effect();
      Optional<ConfigValue> fallback = slot.fallbackWithin(fallbacks);
      String key = slot.inline() ? path : Layers.child(path, slot.name());
      ConfigValue own = slot.inline() ? given : given.get(slot.name());
      Place place = new Place(slot, effect, key, own, fallback);
      assembly.add(slot, origin(place), value(place), standIn(place));
    }
    return assembly.finish();
  }

  /** A slot and what is there for it; {@code own} is null when nothing was given. */
  private record Place(
      Slot slot, Effect effect, String path, ConfigValue own, Optional<ConfigValue> fallback) {
    boolean isSet() {
      return own != null && own.valueType() != ConfigValueType.NULL;
    }

    /** An explicit null unsets an optional key, even one with a fallback. */
    boolean isUnset() {
      boolean silent = fallback.isEmpty() || fallback.get().valueType() == ConfigValueType.NULL;
      return slot.shape() instanceof Shape.Maybe && !isSet() && (own != null || silent);
    }

    ConfigObject fallbacks() {
      return fallback.orElse(NOTHING) instanceof ConfigObject object ? object : NOTHING;
    }
  }

  private Origin origin(Place place) {
    return place.own() == null ? Origin.DEFAULT : layers.origin(place.path(), place.own());
  }

  private Optional<Object> value(Place place) {
    if (place.own() != null && !Layers.isResolved(place.own())) {
      return Optional.empty();
    }
    if (place.slot().inline()) {
      return inlined(place);
    }
    if (place.isUnset()) {
      entries.add(entry(place, null, Origin.DEFAULT));
      return Optional.of(Holders.empty(((Shape.Maybe) place.slot().shape()).holder()));
    }
    if (KeyNames.inner(place.slot().shape()) instanceof Shape.Block block) {
      return nested(place, block);
    }
    if (!place.isSet() && place.fallback().isEmpty()) {
      reportMissing(place);
      return Optional.empty();
    }
    ConfigValue value =
        !place.isSet()
            ? place.fallback().get()
            : place
                .fallback()
                .map(place.own()::withFallback)
                .map(ConfigValue.class::cast)
                .orElse(place.own());
    Origin origin = place.isSet() ? origin(place) : Origin.DEFAULT;
    Optional<Object> read = reader(place).read(place.slot().shape(), value, place.path());
    read.ifPresent(each -> record(place, each, value, origin));
    return read;
  }

  private Optional<Object> inlined(Place place) {
    Shape.Block block = (Shape.Block) place.slot().shape();
    ConfigObject given = (ConfigObject) place.own();
    Optional<Object> bound = block(block, place.effect(), place.path(), given, place.fallbacks());
    bound
        .filter(
            each ->
                block.names().stream()
                    .map(name -> Layers.child(place.path(), name))
                    .allMatch(faults::soundBelow))
        .ifPresent(each -> check(each, place.path()));
    return bound;
  }

  private Optional<Object> nested(Place place, Shape.Block block) {
    ConfigValue own = place.isSet() ? place.own() : NOTHING;
    if (!(own instanceof ConfigObject given)) {
      Misfit misfit = new Misfit("wrong type", block.describe(), "");
      complain(place, place.path(), own, misfit);
      return Optional.empty();
    }
    Optional<Object> bound = block(block, place.effect(), place.path(), given, place.fallbacks());
    bound
        .filter(each -> faults.soundBelow(place.path()))
        .ifPresent(each -> check(each, place.path()));
    return place.slot().shape() instanceof Shape.Maybe maybe
        ? bound.map(each -> Holders.of(maybe.holder(), each))
        : bound;
  }

  /** What takes the place of an unsound value while the others are examined. */
  private Optional<Object> standIn(Place place) {
    Shape shape = place.slot().shape();
    if (place.fallback().isEmpty() || KeyNames.inner(shape) instanceof Shape.Block) {
      return StandIns.of(shape);
    }
    return new Reader(layers, (path, value, misfit) -> {})
        .read(shape, place.fallback().get(), place.path())
        .or(() -> StandIns.of(shape));
  }

  private Reader reader(Place place) {
    return new Reader(layers, (path, value, misfit) -> complain(place, path, value, misfit));
  }

  private void complain(Place place, String path, ConfigValue value, Misfit misfit) {
    Slot slot = place.slot();
    boolean told = slot.type().equals(slot.shape().describe()) || misfit.expected().isEmpty();
    faults.add(
        path,
        layers.origin(path, value),
        Redaction.isSecret(path) ? "this value cannot be used" : misfit.getMessage(),
        Canonical.quote(path, value),
        told ? misfit.expected() : slot.type(),
        misfit.remedy());
  }

  private void reportMissing(Place place) {
    if (layers.complete() && !faults.doubtful(place.path())) {
      faults.add(
          place.path(),
          Origin.NOWHERE,
          "required, but not set",
          "",
          place.slot().type(),
          "set it in a --config file or as " + place.path() + "=VALUE");
    }
  }

  private void record(Place place, Object bound, ConfigValue raw, Origin origin) {
    if (place.slot().shape() instanceof Shape.Dictionary dictionary) {
      Map<?, ?> map = (Map<?, ?>) bound;
      reader(place)
          .leaves((ConfigObject) raw, place.path())
          .forEach((name, leaf) -> recordLeaf(place, dictionary, name, map.get(name), leaf));
      if (map.isEmpty()) {
        entries.add(entry(place, ConfigValueFactory.fromMap(Map.of()), origin));
      }
      return;
    }
    ConfigValue masked = Canonical.masked(place.path(), place.slot().shape(), bound, raw);
    entries.add(entry(place, masked, origin));
  }

  private void recordLeaf(
      Place place, Shape.Dictionary shape, String name, Object bound, ConfigValue raw) {
    String path = Layers.child(place.path(), name);
    List<String> names = new ArrayList<>(Arrays.asList(place.path().split("\\.")));
    names.add(name);
    ConfigValue masked = Canonical.masked(path, shape.element(), bound, raw);
    entries.add(new Resolved.Entry(names, masked, layers.origin(path, raw), place.effect()));
  }

  private static Resolved.Entry entry(Place place, ConfigValue value, Origin origin) {
    return new Resolved.Entry(
        Arrays.asList(place.path().split("\\.")), value, origin, place.effect());
  }

  /** Runs the rules of a block whose keys are sound, and remembers it if it keeps them. */
  private void check(Object record, String path) {
    int before = faults.size();
    if (layers.complete() && !faults.doubtful(path) && record instanceof Checked checked) {
      checked.check(
          (key, what, remedy) -> {
            String full = Layers.child(path, key);
            faults.add(full, layers.originOf(full), what, "", "", remedy);
          });
    }
    if (faults.size() == before) {
      sound.put(record.getClass(), record);
    }
  }
}
