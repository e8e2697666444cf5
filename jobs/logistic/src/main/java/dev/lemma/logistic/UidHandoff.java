// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

/**
 * Hands a stage its name before its fields exist: the constructors of Spark ML's predictors ask
 * {@code uid()} for it, to stamp every parameter. A stage passes {@link #of} to a private
 * constructor and takes the name at the first call of {@code uid()}.
 */
final class UidHandoff {
  private static final ThreadLocal<String> NAME = new ThreadLocal<>();

  private UidHandoff() {}

  /** Lays the name down for the stage that this thread constructs next. */
  static UidHandoff of(String uid) {
    NAME.set(uid);
    return new UidHandoff();
  }

  /** Takes the name that was laid down. */
  static String take() {
    String uid = NAME.get();
    NAME.remove();
    return uid;
  }
}
