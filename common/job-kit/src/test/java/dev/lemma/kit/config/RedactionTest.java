// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "input.options.password",
        "dbPassword",
        "PASSWD",
        "pwd",
        "client-secret",
        "fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.access.key",
        "accessKey",
        "access_key_id",
        "accesskey",
        "api-key",
        "apikey",
        "private.key",
        "fs.azure.account.key.store.dfs.core.windows.net",
        "session.token",
        "authToken",
        "sessiontoken",
        "token",
        "credentials",
        "spark.ssl.keyPassword",
        "passphrase",
        "fs.azure.sas.box.store.blob.core.windows.net",
        "sharedAccessSignature",
        "sig"
      })
  void keysOfSecretsAreKnown(String key) {
    assertThat(Redaction.isSecret(key)).isTrue();
    assertThat(Redaction.mask(key, "x")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "seed",
        "columns.keep",
        "tokenizer",
        "text.tokens",
        "key",
        "keys",
        "partition-by",
        "password-file",
        "hadoop.security.credential.provider.path",
        "fs.s3a.aws.credentials.provider",
        "monkey"
      })
  void otherKeysAreShown(String key) {
    assertThat(Redaction.isSecret(key)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:postgresql://me:hunter2@host/db | jdbc:postgresql://***@host/db
          s3a://AKIA:hunter2@bucket/x          | s3a://***@bucket/x
          https://hunter2@host/x               | https://***@host/x
          https://me:hunt@er2@host/x           | https://***@host/x
          jdbc:oracle:thin:me/hunter2@//host:1 | jdbc:oracle:thin:***@//host:1
          jdbc:sqlserver://h;user=me;password=hunter2;x=1 | jdbc:sqlserver://h;user=me;password=***;x=1
          https://h/p?a=b&access_token=hunter2 | https://h/p?a=b&access_token=***
          https://h/p?sv=1&sig=hunt%2Fer2%3D&sp=r | https://h/p?sv=1&sig=***&sp=r
          """)
  void secretsInsideATextAreMasked(String text, String masked) {
    assertThat(Redaction.maskText(text)).isEqualTo(masked);
    assertThat(Redaction.holdsSecret(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abfss://container@account.dfs.core.windows.net/x",
        "hdfs://name:9000/a@b",
        "/data/year=2026/part",
        "me@example.org",
        "password = ${?DB_PASSWORD}"
      })
  void harmlessTextIsLeftAlone(String text) {
    assertThat(Redaction.maskText(text)).isEqualTo(text);
  }

  @Test
  void maskingTwiceChangesNothing() {
    String once = Redaction.maskText("x://a:b@h?token=c and password = \"***\"");
    assertThat(once).isEqualTo("x://***@h?token=*** and password = \"***\"");
    assertThat(Redaction.maskText(once)).isEqualTo(once);
  }
}
