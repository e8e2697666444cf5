// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Nearest;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which parameters of a source are meant. */
final class ParameterSelection {
  private static final String ANY_ENDING = "*";

  private ParameterSelection() {}

  /**
   * The parameters that a configuration names, in its order; without names all but the sampler's
   * own and the weights.
   *
   * @throws LemmaException with {@link ExitCode#INPUT} and all the names that there are not
   */
  static List<String> of(List<String> wanted, DrawsSource source) {
    List<String> names = source.names();
    if (wanted.isEmpty()) {
      List<String> all = names.stream().filter(name -> isOfModel(name, source)).toList();
      if (all.isEmpty()) {
        throw new LemmaException(
            ExitCode.INPUT,
            Problem.of(
                "input",
                "there is no parameter to diagnose",
                "check draws.layout and the types of the columns"));
      }
      return all;
    }
    Set<String> chosen = new LinkedHashSet<>();
    List<Problem> problems = new ArrayList<>();
    for (String name : wanted) {
      List<String> found = matching(name, names);
      if (found.isEmpty()) {
        problems.add(unknown("parameters", name, names));
      }
      chosen.addAll(found);
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return List.copyOf(chosen);
  }

  private static boolean isOfModel(String name, DrawsSource source) {
    boolean weight = source.logWeight().filter(name::equals).isPresent();
    return !weight && (!name.endsWith(DrawsSource.OWN) || name.equals(DrawsSource.LOG_DENSITY));
  }

  private static List<String> matching(String wanted, List<String> names) {
    if (!names.contains(wanted) && wanted.endsWith(ANY_ENDING)) {
      String beginning = wanted.substring(0, wanted.length() - 1);
      return names.stream().filter(name -> name.startsWith(beginning)).toList();
    }
    return names.contains(wanted) ? List.of(wanted) : List.of();
  }

  /** Refuses a name that is none of the parameters. */
  static void require(String key, String name, List<String> names) {
    if (!names.contains(name)) {
      throw new LemmaException(ExitCode.INPUT, unknown(key, name, names));
    }
  }

  private static Problem unknown(String key, String name, List<String> names) {
    return new Problem(
        key,
        "no such parameter",
        name,
        "one of the " + names.size() + " that the input has",
        Nearest.of(name, names)
            .map(near -> "did you mean " + near + "?")
            .orElse("correct the name, or leave the key out for all"));
  }
}
