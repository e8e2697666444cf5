// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.run.ExitCode;
import java.io.PrintStream;

/** The command, run by {@code bin/lemma} and by {@code spark-submit}. */
public final class Main {
  private Main() {}

  /**
   * Runs the command. Returns when all went well, since some cluster managers take any call of exit
   * for a failure; else ends the process with the code of {@link ExitCode}.
   */
  public static void main(String[] args) {
    int code = run(args, System.out, System.err);
    if (code != ExitCode.DONE.code()) {
      System.exit(code);
    }
  }

  /**
   * Runs the command inside this process.
   *
   * @param args what follows {@code lemma} on the command line
   * @param out where answers go
   * @param err where progress and problems go; when the code is not 0, its last line says what
   *     failed, where, and what to do
   * @return the number of an {@link ExitCode}
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return new LemmaCommand(Jobs.installed(), out, err).run(args).code();
  }
}
