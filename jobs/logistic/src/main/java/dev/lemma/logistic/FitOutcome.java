// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.LadderResult;
import java.util.Optional;

/**
 * All that came of training: the model with its summary, and what only the run that made it tells.
 *
 * @param fit the model
 * @param statistics what it was solved from, in the model's classes
 * @param ladder what was compared and what each pass bought; empty for an estimator that was named
 */
record FitOutcome(LogisticFit fit, Statistics statistics, Optional<LadderResult> ladder) {}
