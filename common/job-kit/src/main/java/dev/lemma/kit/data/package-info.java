// SPDX-License-Identifier: Apache-2.0
/**
 * From rows of a data set to what the mathematics works on.
 *
 * <ul>
 *   <li>{@link dev.lemma.kit.data.FeatureColumns} finds the feature columns and their dimension;
 *   <li>{@link dev.lemma.kit.data.RowReader} turns a row's features into a dense or sparse buffer,
 *       inside the plan and without boxing, or says why it cannot; {@link
 *       dev.lemma.kit.data.ColumnsReader} does so for columns side by side, and {@link
 *       dev.lemma.kit.data.BatchFeatures} for the batches of {@link
 *       dev.lemma.kit.data.SourceBatches};
 *   <li>{@link dev.lemma.kit.data.RowScreen} keeps bad rows apart from good ones;
 *   <li>{@link dev.lemma.kit.data.RowKeys} names rows, {@link dev.lemma.kit.data.RowSampler} draws
 *       from them and {@link dev.lemma.kit.data.LeafLayout} puts them in the order of exact sums,
 *       which {@link dev.lemma.kit.data.MergeTree} brings together;
 *   <li>{@link dev.lemma.kit.data.FrequencyCount} counts what tf-idf needs;
 *   <li>{@link dev.lemma.kit.data.BlasGemm} and {@link dev.lemma.kit.data.NativeGram} lend the
 *       mathematics the machine's matrix products;
 *   <li>{@link dev.lemma.kit.data.PlanCall} calls any object from generated code.
 * </ul>
 */
package dev.lemma.kit.data;
