// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.sampling.Target;
import dev.lemma.math.sampling.glm.Likelihood;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is drawn from: a regression, a mixture, or a target of the user's own.
 *
 * @param kind which of them
 * @param family the regression's likelihood, empty for the others
 * @param type the user's class, empty for the others
 */
record ModelChoice(Kind kind, Optional<Likelihood> family, Optional<Class<? extends Target>> type) {
  /** What is drawn from. */
  enum Kind {
    REGRESSION,
    MIXTURE,
    OWN
  }

  private static final String MIXTURE = "mixture";

  /**
   * Reads the name of a likelihood, or of a class on the class path: a public implementation of
   * {@link Target} with a public constructor without arguments.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ModelChoice parse(String text) {
    for (Likelihood likelihood : Likelihood.values()) {
      if (word(likelihood).equals(text)) {
        return new ModelChoice(Kind.REGRESSION, Optional.of(likelihood), Optional.empty());
      }
    }
    if (text.equals(MIXTURE)) {
      return new ModelChoice(Kind.MIXTURE, Optional.empty(), Optional.empty());
    }
    if (!text.contains(".")) {
      throw new IllegalArgumentException(
          "likelihood must be one of "
              + Arrays.stream(Likelihood.values())
                  .map(ModelChoice::word)
                  .collect(Collectors.joining(", "))
              + ", mixture, or the name of a class with its package");
    }
    return new ModelChoice(Kind.OWN, Optional.empty(), Optional.of(load(text)));
  }

  private static Class<? extends Target> load(String name) {
    Class<?> type;
    try {
      type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException(
          "no such class is on the class path; add its jar with --jars or spark.jars", e);
    }
    if (!Target.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException("the class must implement " + Target.class.getName());
    }
    boolean usable =
        Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers());
    try {
      usable &= Modifier.isPublic(type.getConstructor().getModifiers());
    } catch (NoSuchMethodException e) {
      usable = false;
    }
    if (!usable) {
      throw new IllegalArgumentException(
          "the class must be public, not abstract, and have a public constructor without"
              + " arguments");
    }
    return type.asSubclass(Target.class);
  }

  private static String word(Likelihood likelihood) {
    return likelihood.name().toLowerCase(Locale.ROOT);
  }

  /** As reports spell it. */
  String text() {
    return switch (kind) {
      case REGRESSION -> word(family.orElseThrow());
      case MIXTURE -> MIXTURE;
      case OWN -> type.orElseThrow().getName();
    };
  }

  /**
   * A new object of the user's class.
   *
   * @throws LemmaException with code 3 if its constructor fails, as it does without its data
   */
  Target target() throws ReflectiveOperationException {
    Constructor<? extends Target> constructor = type.orElseThrow().getConstructor();
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              "likelihood = " + text(),
              "its constructor failed (" + e.getCause() + ")",
              "check that it finds its data"),
          e.getCause());
    }
  }
}
