// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which keys hold secrets and masks them. Errs on the side of masking; what only names a
 * place or a class that knows the secret (a key ending in {@code file}, {@code path} or {@code
 * provider}) stays readable, since that is how secrets ought to be handed over.
 */
public final class Redaction {
  /** What stands in place of a secret. */
  public static final String MASK = "***";

  private static final Set<String> SECRET_WORDS =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "passcode",
          "secret",
          "secrets",
          "token",
          // Shared access signatures of Azure, and how their URLs carry them.
          "sas",
          "sig",
          "signature");

  /** Parts of a word that give a secret away whatever stands around them. */
  private static final List<String> SECRET_PARTS =
      List.of("password", "passwd", "passphrase", "secret", "credential");

  /** Words that make a secret of a "key" that follows them, written together or apart. */
  private static final Set<String> KEY_KINDS =
      Set.of("access", "api", "private", "account", "shared", "encryption", "signing", "storage");

  private static final Set<String> REFERENCES = Set.of("file", "path", "provider", "location");

  private static final Pattern WORD_BREAK = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])");
  private static final Pattern USER_INFO =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#\\s]+)@");

  private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:[a-z0-9]+:)[^@\\s]+@");

  /** Stores that write {@code container@account} where others have user info. */
  private static final Set<String> CONTAINER_SCHEMES = Set.of("abfs", "abfss", "wasb", "wasbs");

  /**
   * A parameter of a URL or connection string; a substitution or mask in its place is no secret.
   */
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)(\\s*=\\s*)(?!\\$\\{|\"?\\*{3})([^&;,\\s]+)");

  private Redaction() {}

  /** Whether the value of this key must not be shown. The key is a whole path or a part of one. */
  public static boolean isSecret(String key) {
    String[] words = WORD_BREAK.split(key);
    if (words.length == 0) {
      return false;
    }
    if (REFERENCES.contains(words[words.length - 1].toLowerCase(Locale.ROOT))) {
      return false;
    }
    String previous = "";
    for (String each : words) {
      String word = each.toLowerCase(Locale.ROOT);
      if (isSecretWord(word) || (word.startsWith("key") && KEY_KINDS.contains(previous))) {
        return true;
      }
      previous = word;
    }
    return false;
  }

  private static boolean isSecretWord(String word) {
    return SECRET_WORDS.contains(word)
        || (word.endsWith("token") && !word.equals("token"))
        || (word.endsWith("key") && KEY_KINDS.contains(word.substring(0, word.length() - 3)))
        || SECRET_PARTS.stream().anyMatch(word::contains);
  }

  /** Whether the text carries a secret within: user info of a URL, or {@code password=...}. */
  public static boolean holdsSecret(String text) {
    return !maskText(text).equals(text);
  }

  /** The value as it may be shown: {@link #MASK} for a secret key, else {@link #maskText}. */
  public static String mask(String key, String value) {
    return isSecret(key) ? MASK : maskText(value);
  }

  /**
   * Any text with the secrets within masked: the user info of URLs and the values of parameters
   * whose names look secret.
   */
  public static String maskText(String text) {
    String masked = USER_INFO.matcher(text).replaceAll(Redaction::maskUserInfo);
    return PARAMETER
        .matcher(ORACLE.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK) + "@"))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    isSecret(found.group(1))
                        ? found.group(1) + found.group(2) + MASK
                        : found.group()));
  }

  private static String maskUserInfo(MatchResult found) {
    boolean container =
        CONTAINER_SCHEMES.contains(found.group(1).toLowerCase(Locale.ROOT))
            && !found.group(2).contains(":");
    return Matcher.quoteReplacement(
        container ? found.group() : found.group(1) + "://" + MASK + "@");
  }
}
