// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
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
    Optional<Object> bound = block(schema, Effect.RESULT, "", layers.root(), Place.NOTHING).value();
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
                layers.origins().of(path, value),
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

  private Outcome block(
      Shape.Block block, Effect outer, String path, ConfigObject given, ConfigObject fallbacks) {
    Assembly assembly = new Assembly(block, path, faults);
    for (Slot slot : block.slots()) {
      Place place = Place.of(slot, outer, path, given, fallbacks);
      assembly.add(slot, origin(place), bind(place));
    }
    return assembly.finish();
  }

  private Origin origin(Place place) {
    return place.own() == null ? Origin.DEFAULT : layers.origins().of(place.path(), place.own());
  }

  private Outcome bind(Place place) {
    Shape shape = place.slot().shape();
    if (place.own() != null && !Layers.isResolved(place.own())) {
      return Outcome.replaced(standIn(place));
    }
    if (place.slot().inline()) {
      return inlined(place, (Shape.Block) shape);
    }
    if (place.isUnset()) {
      entries.add(entry(place, null, Origin.DEFAULT));
      return Outcome.sound(Holders.empty(((Shape.Maybe) shape).holder()));
    }
    if (KeyNames.inner(shape) instanceof Shape.Block block) {
      Outcome nested = nested(place, block);
      return shape instanceof Shape.Maybe maybe ? nested.heldBy(maybe) : nested;
    }
    Optional<ConfigValue> value = place.effective();
    if (value.isEmpty()) {
      reportMissing(place);
      return Outcome.replaced(standIn(place));
    }
    Optional<Object> read = reader(place).read(shape, value.get(), place.path());
    Origin origin = place.isSet() ? origin(place) : Origin.DEFAULT;
    read.ifPresent(each -> record(place, each, value.get(), origin));
    return new Outcome(read, standIn(place));
  }

  private Outcome inlined(Place place, Shape.Block block) {
    ConfigObject given = (ConfigObject) place.own();
    Outcome bound = block(block, place.effect(), place.path(), given, place.fallbacks());
    bound
        .value()
        .filter(
            each ->
                block.names().stream()
                    .map(name -> Layers.child(place.path(), name))
                    .allMatch(faults::soundBelow))
        .ifPresent(each -> check(each, place.path()));
    return bound;
  }

  private Outcome nested(Place place, Shape.Block block) {
    ConfigValue own = place.isSet() ? place.own() : Place.NOTHING;
    if (!(own instanceof ConfigObject given)) {
      complain(place, place.path(), own, new Misfit("wrong type", block.describe(), ""));
      return Outcome.FAILED;
    }
    Outcome bound = block(block, place.effect(), place.path(), given, place.fallbacks());
    bound
        .value()
        .filter(each -> faults.soundBelow(place.path()))
        .ifPresent(each -> check(each, place.path()));
    return bound;
  }

  /** What takes the place of an unsound value while the others are examined. */
  private Optional<Object> standIn(Place place) {
    Shape shape = place.slot().shape();
    return place
        .fallback()
        .filter(value -> !(KeyNames.inner(shape) instanceof Shape.Block))
        .flatMap(
            value ->
                new Reader(layers, (path, each, misfit) -> {}).read(shape, value, place.path()))
        .or(() -> StandIns.of(shape));
  }

  private Reader reader(Place place) {
    return new Reader(layers, (path, value, misfit) -> complain(place, path, value, misfit));
  }

  private void complain(Place place, String path, ConfigValue value, Misfit misfit) {
    Slot slot = place.slot();
    boolean told = slot.type().equals(slot.shape().describe()) || misfit.expected().isEmpty();
    boolean secret = Redaction.isSecret(path);
    String found = Canonical.quote(path, value);
    boolean foundTold = !secret && misfit.getMessage().contains("found ");
    faults.add(
        path,
        layers.origins().of(path, value),
        secret ? "this value cannot be used" : Redaction.maskText(misfit.getMessage()),
        foundTold ? "" : found,
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
    entries.add(new Resolved.Entry(names, masked, layers.origins().of(path, raw), place.effect()));
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
            faults.add(full, layers.origins().ofKey(full), what, "", "", remedy);
          });
    }
    if (faults.size() == before) {
      sound.put(record.getClass(), record);
    }
  }
}
