// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

/** How draws are made. */
enum Method {
  /** Independence where a mode can be found and proposals from it are good, else random walks. */
  AUTO,
  /** Independence Metropolis-Hastings with proposals from the mode, all drawn up front. */
  INDEPENDENCE,
  /** Random-walk Metropolis, one pass over the rows a step. */
  RANDOM_WALK,
  /** Metropolis whose proposals walk on the expansion at the mode between two passes. */
  DELAYED,
  /** Gibbs by latent variables of the rows, or from the statistics of a linear model. */
  GIBBS,
  /** Proposals from sub-posteriors of shards, made apart; else as independence. */
  CONSENSUS;

  /** As configurations spell it. */
  String key() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
