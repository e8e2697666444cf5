// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.InputConfig;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the paths that a configuration reads, wherever its record holds an {@code input}. */
final class InputPaths {
  private InputPaths() {}

  /** Paths by the key that names them. */
  static Map<String, String> of(Record config) {
    Map<String, String> paths = new TreeMap<>();
    collect("", config, paths);
    return paths;
  }

  private static void collect(String prefix, Object value, Map<String, String> paths) {
    if (value instanceof InputConfig input) {
      input.path().ifPresent(path -> paths.put(prefix + "path", path));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(entry -> collect(prefix, entry, paths));
    } else if (value instanceof Record part) {
      for (RecordComponent component : part.getClass().getRecordComponents()) {
        collect(prefix + component.getName() + ".", Mask.component(part, component), paths);
      }
    }
  }
}
