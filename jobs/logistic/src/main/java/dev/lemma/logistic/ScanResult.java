// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.RowCounts;

/**
 * What came of a scan.
 *
 * @param value the merged state of all good rows
 * @param counts how many rows came in, and how many were left out and why
 * @param <R> the state
 */
public record ScanResult<R>(R value, RowCounts counts) {}
