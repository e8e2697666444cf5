// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.math.features.NormDesign;

/** The key {@code norms}. */
public enum NormChoice {
  /** independent for the Laplacian kernel, else stratified. */
  AUTO,
  /** Independent. */
  INDEPENDENT,
  /** One in each of as many strata as there are frequencies. */
  STRATIFIED,
  /** Quantiles, without randomness. */
  QUANTILES;

  /** The design. */
  NormDesign of(KernelChoice kernel) {
    return switch (this) {
      case INDEPENDENT -> NormDesign.INDEPENDENT;
      case STRATIFIED -> NormDesign.STRATIFIED;
      case QUANTILES -> NormDesign.QUANTILES;
      case AUTO ->
          kernel == KernelChoice.LAPLACIAN ? NormDesign.INDEPENDENT : NormDesign.STRATIFIED;
    };
  }
}
