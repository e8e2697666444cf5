// SPDX-License-Identifier: Apache-2.0
/**
 * Where rows come from and where they go. Reading starts at {@link dev.lemma.kit.io.Source}: any
 * Spark format by path or table, or the sample that comes with the suite.
 */
package dev.lemma.kit.io;
