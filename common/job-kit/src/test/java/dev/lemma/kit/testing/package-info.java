// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of every module share, shipped as job-kit's test jar: {@link
 * dev.lemma.kit.testing.SharedSpark}, jobs called on it ({@link dev.lemma.kit.testing.JobCall}),
 * and the same rows in several partitionings ({@link dev.lemma.kit.testing.Layouts}).
 */
package dev.lemma.kit.testing;
