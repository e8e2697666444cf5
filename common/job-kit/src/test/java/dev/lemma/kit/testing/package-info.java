// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of every module share, shipped as job-kit's test jar: {@link
 * dev.lemma.kit.testing.SharedSpark}, and jobs called on it ({@link
 * dev.lemma.kit.testing.JobCall}).
 */
package dev.lemma.kit.testing;
