// SPDX-License-Identifier: Apache-2.0

/**
 * Rows, blocks and dense linear algebra in plain arrays. Layouts are part of each type's contract;
 * loops add in one documented order, so that a result does not depend on who computed it.
 */
package dev.lemma.math.linalg;
