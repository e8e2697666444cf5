// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what stands at a key that is no block: scalars, lists and dictionaries. */
final class Reader {
  /** Hears of what does not fit. */
  @FunctionalInterface
  interface Complaint {
    void misfit(String path, ConfigValue value, Misfit misfit);
  }

  private final Layers layers;
  private final Complaint complaint;

  Reader(Layers layers, Complaint complaint) {
    this.layers = layers;
    this.complaint = complaint;
  }

  /** The value, or empty after a complaint. */
  Optional<Object> read(Shape shape, ConfigValue value, String path) {
    if (shape instanceof Shape.Maybe maybe) {
      return read(maybe.element(), value, path).map(each -> Holders.of(maybe.holder(), each));
    }
    if (shape instanceof Shape.Sequence sequence) {
      return sequence(sequence, value, path);
    }
    if (shape instanceof Shape.Dictionary dictionary) {
      return dictionary(dictionary, value, path);
    }
    try {
      return Optional.of(Values.scalar(shape, value));
    } catch (Misfit misfit) {
      complaint.misfit(path, value, misfit);
      return Optional.empty();
    }
  }

  private Optional<Object> sequence(Shape.Sequence shape, ConfigValue value, String path) {
    if (value instanceof ConfigList list) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        read(shape.element(), list.get(i), path + "[" + i + "]").ifPresent(elements::add);
      }
      return elements.size() == list.size() ? Optional.of(elements) : Optional.empty();
    }
    boolean single =
        value.valueType() != ConfigValueType.OBJECT
            && !Values.text(value).isBlank()
            && !Values.text(value).contains(",");
    if (!single) {
      complaint.misfit(path, value, new Misfit("wrong type", "a list such as [a, b]", ""));
      return Optional.empty();
    }
    return read(shape.element(), value, path).map(List::of);
  }

  private Optional<Object> dictionary(Shape.Dictionary shape, ConfigValue value, String path) {
    if (!(value instanceof ConfigObject block)) {
      String expected = "a block such as { name = value }";
      complaint.misfit(path, value, new Misfit("wrong type", expected, ""));
      return Optional.empty();
    }
    Map<String, ConfigValue> leaves = leaves(block, path);
    Map<String, Object> entries = new TreeMap<>();
    leaves.forEach(
        (name, leaf) ->
            read(shape.element(), leaf, Layers.child(path, name))
                .ifPresent(each -> entries.put(name, each)));
    return entries.size() == leaves.size() ? Optional.of(entries) : Optional.empty();
  }

  /**
   * The entries of a dictionary with nested names joined by dots, so that {@code a.b = 1} and
   * {@code "a.b" = 1} are the same; the later source wins. An entry that is null is left out.
   */
  Map<String, ConfigValue> leaves(ConfigObject block, String path) {
    Map<String, ConfigValue> leaves = new TreeMap<>();
    collect(block, "", path, leaves);
    leaves.values().removeIf(leaf -> leaf.valueType() == ConfigValueType.NULL);
    return leaves;
  }

  private void collect(
      ConfigObject block, String parent, String path, Map<String, ConfigValue> leaves) {
    block.forEach(
        (name, value) -> {
          String key = Layers.child(parent, name);
          if (value instanceof ConfigObject nested) {
            collect(nested, key, path, leaves);
          } else if (Layers.isResolved(value)) {
            leaves.merge(key, value, layers.origins()::later);
          }
        });
  }
}
