// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The one exception of the suite for what is wrong with configuration, input, output or quality.
 */
public final class LemmaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  // An array, so that the problems come along from a task to the driver.
  private final Problem[] problems;

  /**
   * Everything that was found wrong, at least one problem, with the code that the process will end
   * with.
   */
  public LemmaException(ExitCode code, List<Problem> problems) {
    super(problems.stream().map(Problem::line).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problem given");
    }
    this.code = code;
    this.problems = problems.toArray(Problem[]::new);
  }

  /** A single problem. */
  public LemmaException(ExitCode code, Problem problem) {
    this(code, List.of(problem));
  }

  /** A single problem and what brought it to light. */
  public LemmaException(ExitCode code, Problem problem, Throwable cause) {
    this(code, problem);
    initCause(cause);
  }

  /** The code that the process ends with. */
  public ExitCode code() {
    return code;
  }

  /** What is wrong, in the order found. */
  public List<Problem> problems() {
    return List.of(problems);
  }
}
