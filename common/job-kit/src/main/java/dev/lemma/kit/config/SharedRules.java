// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules between the blocks that jobs share; each runs when the blocks it needs are sound. */
final class SharedRules {
  /** Scheme and authority, then the path. */
  private static final Pattern LOCATED = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^/]*)(.*)");

  private SharedRules() {}

  static void check(
      Optional<InputConfig> input,
      Optional<OutputConfig> output,
      Optional<RunConfig> settings,
      Findings findings) {
    if (output.isEmpty()) {
      return;
    }
    OutputConfig target = output.get();
    boolean noFolder = target.table().isPresent() || target.isJdbc();
    if (settings.isPresent() && noFolder && settings.get().manifest().isEmpty()) {
      findings.add(
          "manifest",
          "required, since a table or data base has no place for it",
          "set manifest to a folder");
    }
    if (target.path().isEmpty()) {
      return;
    }
    List<String> place = names(target.path().get());
    if (place.size() <= 1) {
      findings.add("output.path", "is the root of a file system", "name a folder below it");
    } else if (input
        .flatMap(InputConfig::path)
        .map(SharedRules::names)
        .filter(read -> starts(read, place))
        .isPresent()) {
      findings.add(
          "output.path", "holds the input, which publishing would replace", "name another folder");
    }
  }

  private static boolean starts(List<String> longer, List<String> shorter) {
    return longer.size() >= shorter.size() && longer.subList(0, shorter.size()).equals(shorter);
  }

  /** The root and the names below it, without detours; {@code ""} is the root of relative paths. */
  private static List<String> names(String path) {
    Matcher located = LOCATED.matcher(path);
    boolean remote = located.matches();
    String root = remote && !located.group(1).equals("file://") ? located.group(1) : "";
    String rest = remote ? located.group(2) : path.replaceFirst("^file:", "");
    List<String> names = new ArrayList<>();
    names.add(remote || rest.startsWith("/") ? root + "/" : "");
    for (String name : rest.split("/+")) {
      if (name.equals("..") && names.size() > 1 && !names.get(names.size() - 1).equals("..")) {
        names.remove(names.size() - 1);
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }
}
