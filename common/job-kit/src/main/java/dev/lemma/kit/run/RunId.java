// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Makes the identity of a run: its start in UTC, which sorts, and six random letters or digits. */
final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 6;

  private RunId() {}

  static String at(Instant start) {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder(TIME.format(start)).append('-');
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
