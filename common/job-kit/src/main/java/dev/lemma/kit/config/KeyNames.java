// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All keys of a configuration, to guess which one was meant. */
final class KeyNames {
  private final List<String> paths = new ArrayList<>();

  KeyNames(Shape.Block schema) {
    collect(schema, "");
  }

  private void collect(Shape.Block block, String parent) {
    for (Slot slot : block.slots()) {
      String path = slot.inline() ? parent : Layers.child(parent, slot.name());
      if (!slot.inline()) {
        paths.add(path);
      }
      if (inner(slot.shape()) instanceof Shape.Block nested) {
        collect(nested, path);
      }
    }
  }

  /** The shape without its holder. */
  static Shape inner(Shape shape) {
    return shape instanceof Shape.Maybe maybe ? maybe.element() : shape;
  }

  /**
   * The keys that were probably meant by an unknown one: a neighbour in the same block whose name
   * is near, else every key elsewhere of the same name, else a key elsewhere whose whole path is
   * near.
   */
  List<String> meant(String parent, String name, Shape.Block block) {
    Optional<String> neighbour =
        Nearest.of(Slot.kebab(name).replace('_', '-'), block.names())
            .map(near -> Layers.child(parent, near));
    if (neighbour.isPresent()) {
      return List.of(neighbour.get());
    }
    List<String> sameName =
        paths.stream()
            .filter(path -> path.substring(path.lastIndexOf('.') + 1).equals(name))
            .toList();
    return sameName.isEmpty()
        ? Nearest.of(Layers.child(parent, name), paths).stream().toList()
        : sameName;
  }
}
