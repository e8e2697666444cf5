// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far, each with its key and place. */
final class Faults {
  private record Fault(Origin origin, Problem problem) {}

  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> paths = new HashSet<>();

  /** Adds a problem of one key. */
  void add(String path, Origin origin, String what, String found, String expected, String remedy) {
    paths.add(path);
    String place = origin.toString();
    String where = place.isEmpty() ? path : path + " (" + place + ")";
    faults.add(new Fault(origin, new Problem(where, what, found, expected, remedy)));
  }

  /** Adds a problem that belongs to no key. */
  void add(Origin origin, Problem problem) {
    faults.add(new Fault(origin, problem));
  }

  /** Notes that a key is doubtful because another one was probably meant to be it. */
  void doubt(String path) {
    paths.add(path);
  }

  /** Whether nothing is wrong with this key or what lies below it. */
  boolean soundBelow(String path) {
    return paths.stream().noneMatch(each -> isAtOrBelow(each, path));
  }

  /** Whether this key, or a block that holds it, is doubtful. */
  boolean doubtful(String path) {
    return paths.stream().anyMatch(each -> isAtOrBelow(path, each));
  }

  private static boolean isAtOrBelow(String path, String ancestor) {
    return ancestor.isEmpty() || path.equals(ancestor) || path.startsWith(ancestor + ".");
  }

  int size() {
    return faults.size();
  }

  /** In the order of the sources and their lines; what is set nowhere comes last. */
  List<Problem> problems() {
    return faults.stream().sorted(Comparator.comparing(Fault::origin)).map(Fault::problem).toList();
  }
}
