// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.RowReader;
import java.io.Serializable;

/**
 * How tasks read the rows of a matrix.
 *
 * @param reader of the features
 * @param value where they are
 */
record MatrixShape(RowReader reader, StoredValue value) implements Serializable {}
