// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which family {@code family = auto} takes, and which others are worth asking for.
 *
 * @param automatic the family that the rule takes
 * @param suggestions others, with the reason; empty if none wins
 */
public record FamilyAdvice(Family automatic, List<Suggestion> suggestions) {
  /** Up to this input dimension the automatic family is {@link Family#SIGN}. */
  public static final long SIGN_UP_TO = 16_384;

  /** The transform costs p log2 p instead of 2 d k: it wins on dense rows from here on ... */
  static final long HADAMARD_FROM_D = 512;

  /** ... in the input and from here on in the output dimension. */
  static final long HADAMARD_FROM_K = 100;

  /** Up to this input dimension the QR behind orthonormal rows is made within minutes. */
  static final long ORTHONORMAL_UP_TO = 16_384;

  /** Copies the list. */
  public FamilyAdvice {
    suggestions = List.copyOf(suggestions);
  }

  /**
   * A family that the rule does not take.
   *
   * @param family what to ask for
   * @param why in one sentence without a full stop
   */
  public record Suggestion(Family family, String why) {}

  /**
   * The rule behind {@code family = auto}, which looks at d alone: signs up to {@value
   * #SIGN_UP_TO}, else (or for an open feature space) sparse signs.
   *
   * @param d input dimension, empty if open
   */
  public static Family automatic(OptionalLong d) {
    return d.isPresent() && d.getAsLong() <= SIGN_UP_TO ? Family.SIGN : Family.SPARSE_SIGN;
  }

  /**
   * The rule's family and the suggestions for a dimension.
   *
   * @param k output dimension, at least 1
   * @param d input dimension, empty if open
   */
  public static FamilyAdvice of(long k, OptionalLong d) {
    List<Suggestion> suggestions = new ArrayList<>();
    if (d.isPresent()) {
      long width = d.getAsLong();
      if (width >= HADAMARD_FROM_D && k >= HADAMARD_FROM_K) {
        suggestions.add(
            new Suggestion(
                Family.HADAMARD, "on dense rows d log2 d additions replace the d k of signs"));
      }
      if (width <= ORTHONORMAL_UP_TO && k >= (width + 3) / 4 && k <= width) {
        suggestions.add(
            new Suggestion(
                Family.ORTHONORMAL,
                "k is at least d / 4, where orthonormal rows distort visibly less"));
      }
    }
    return new FamilyAdvice(automatic(d), suggestions);
  }
}
