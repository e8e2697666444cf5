// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.io.Serializable;
import java.util.Objects;

/**
 * One thing that is wrong, told so that its reader can repair it at once. Never holds a value of a
 * row or a secret.
 *
 * @param where the place: a key with file and line, a column, a path
 * @param what what is wrong there
 * @param found what stands there, or empty
 * @param expected what may stand there, or empty
 * @param remedy what to do, or empty
 */
public record Problem(String where, String what, String found, String expected, String remedy)
    implements Serializable {
  /** Refuses null; an absent part is the empty string. */
  public Problem {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** A problem that needs no found and expected. */
  public static Problem of(String where, String what, String remedy) {
    return new Problem(where, what, "", "", remedy);
  }

  /** One line: {@code where: what: found F, expected E; remedy}. */
  public String line() {
    StringBuilder line = new StringBuilder();
    if (!where.isEmpty()) {
      line.append(where).append(": ");
    }
    line.append(what);
    if (!found.isEmpty()) {
      line.append(": found ").append(found);
    }
    if (!expected.isEmpty()) {
      line.append(found.isEmpty() ? ": expected " : ", expected ").append(expected);
    }
    if (!remedy.isEmpty()) {
      line.append("; ").append(remedy);
    }
    return line.toString();
  }
}
