// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in few words what is wrong with a text that is no HOCON. The library's own message is not
 * passed on: it quotes what it stumbled over, and that may be a secret.
 */
final class Syntax {
  private static final Pattern RESERVED = Pattern.compile("Reserved character '(.)'");

  private Syntax() {}

  static String describe(ConfigException fault) {
    String message = String.valueOf(fault.getMessage());
    Matcher reserved = RESERVED.matcher(message);
    if (reserved.find()) {
      return "character " + reserved.group(1) + " stands outside of quotes";
    }
    if (message.contains("string quote was still open")) {
      return "a quoted text is not closed";
    }
    if (message.contains("triple-quoted string was still open")) {
      return "a text in three quotes is not closed";
    }
    if (message.contains("Substitution ${ was not closed")) {
      return "${ is not closed";
    }
    if (message.contains("valid escape sequence")) {
      return "a backslash inside quotes must be doubled";
    }
    if (message.contains("unbalanced close brace") || message.contains("trailing tokens")) {
      return "} closes nothing";
    }
    if (message.contains("Expecting close brace") && message.contains("end of file")) {
      return "{ is not closed";
    }
    if (message.contains("List should have ended")) {
      return "[ is not closed";
    }
    if (message.contains("may not be followed by token")) {
      return "a key has no value";
    }
    if (message.contains("rather than object at file root")) {
      return "a list stands where keys are expected";
    }
    if (fault instanceof ConfigException.BadPath) {
      return "a key or ${...} is malformed";
    }
    return "this is no HOCON";
  }
}
