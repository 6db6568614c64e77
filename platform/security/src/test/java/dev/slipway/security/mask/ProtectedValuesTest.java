package dev.slipway.security.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedValuesTest {
  private final ProtectedValues values = new ProtectedValues();

  @Test
  void textWithoutSecretsIsTheSameObject() {
    var text = "nothing to see here";
    assertThat(values.mask(text)).isSameAs(text);
    values.add("s3cr3t-value");
    assertThat(values.mask(text)).isSameAs(text);
    assertThat(values.mask("")).isEmpty();
  }

  @Test
  void masksTheValueWhereverItStands() {
    values.add("s3cr3t-value");
    assertThat(values.mask("s3cr3t-value")).isEqualTo("***");
    assertThat(values.mask("a s3cr3t-value b s3cr3t-value")).isEqualTo("a *** b ***");
    assertThat(values.mask("xs3cr3t-valuex")).isEqualTo("x***x");
    assertThat(values.mask("s3cr3t-valu")).isEqualTo("s3cr3t-valu");
    assertThat(values.mask("S3CR3T-VALUE")).isEqualTo("S3CR3T-VALUE");
  }

  @Test
  void shortValuesAreNotMasked() {
    values.add("");
    values.add("short");
    values.add("      ");
    assertThat(values.mask("a short text       here")).isEqualTo("a short text       here");
    values.add("longer");
    assertThat(values.mask("a longer text")).isEqualTo("a *** text");
  }

  @Test
  void theLongerOfTwoWinsAndOverlapsLeaveNothing() {
    values.add("secret");
    values.add("secret-and-more");
    values.add("more-of-it");
    assertThat(values.mask("a secret-and-more b")).isEqualTo("a *** b");
    assertThat(values.mask("a secret-and-more-of-it b")).isEqualTo("a *** b");
    assertThat(values.mask("secret-and")).isEqualTo("***-and");
    assertThat(values.mask("secretsecret")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abcdef",
        "hunter2",
        "p\u00e4ssw\u00f6rt",
        "a?b>c~d",
        "\u00ff\u00fe\u00fd\u00ff\u00fe\u00fd",
        "0123456789abcdef0123456789abcdef"
      })
  void masksBase64AtEveryOffsetInBothAlphabets(String secret) {
    values.add(secret);
    for (var before : new String[] {"", "x", "xy", "xyz", "user:"}) {
      for (var after : new String[] {"", "z", "zy", "zyx"}) {
        var bytes = (before + secret + after).getBytes(StandardCharsets.UTF_8);
        for (var encoder :
            new Base64.Encoder[] {
              Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding()
            }) {
          var encoded = encoder.encodeToString(bytes);
          var masked = values.mask("basic " + encoded);
          assertThat(masked).as(before + "|" + after).contains("***");
          // What remains decodes to neighbours of the secret only: at each edge less than one byte
          // of it.
          var kept = masked.length() - "basic ***".length();
          var neighbours = (before + after).getBytes(StandardCharsets.UTF_8).length;
          assertThat(kept).isLessThanOrEqualTo((neighbours * 8 + 5) / 6 + 2 + 2);
        }
      }
    }
  }

  @Test
  void masksBase64ThatIsBrokenIntoLines() {
    var key = "-----BEGIN KEY-----\n" + "MIIabcdefgh/".repeat(20) + "\n-----END KEY-----";
    values.add(key);
    for (var length : List.of(64, 76)) {
      var encoder = Base64.getMimeEncoder(length, new byte[] {'\n'});
      var printed = encoder.encodeToString(key.getBytes(StandardCharsets.UTF_8));
      assertThat(printed.lines().map(values::mask))
          .allMatch(line -> line.replace("*", "").replace("=", "").length() < Forms.SHORTEST);
    }
  }

  @Test
  void masksUrlEncodedForms() {
    var secret = "p@ss w0rd/+*~(x)!'<\u00e4>";
    values.add(secret);
    var form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    assertThat(values.mask("q=" + form + "&n=1")).isEqualTo("q=***&n=1");
    assertThat(values.mask("q=" + form.replace("+", "%20"))).isEqualTo("q=***");
    assertThat(values.mask("q=p%40ss%20w0rd%2F%2B*~(x)!'%3C%C3%A4%3E")).isEqualTo("q=***");
    assertThat(values.mask("q=p@ss%20w0rd/+*~(x)!'%3C%C3%A4%3E")).isEqualTo("q=***");
    assertThat(values.mask("q=p%40ss%20w0rd%2f%2b%2a~%28x%29%21%27%3c%c3%a4%3e"))
        .isEqualTo("q=***");
  }

  @Test
  void masksJsonEscapedForms() {
    var secret = "a\"b\\c\td<e>&f";
    values.add(secret);
    assertThat(values.mask("{\"v\":\"a\\\"b\\\\c\\td<e>&f\"}")).isEqualTo("{\"v\":\"***\"}");
    assertThat(values.mask("{\"v\":\"a\\\"b\\\\c\\td\\u003ce\\u003e\\u0026f\"}"))
        .isEqualTo("{\"v\":\"***\"}");
  }

  @Test
  void masksEachLineOfAMultiLineSecret() {
    values.add("-----BEGIN KEY-----\nMIIBVgIBADAN\n  Bgkqhki\"G9w0\r\nabc\n-----END KEY-----\n");
    assertThat(values.mask("MIIBVgIBADAN")).isEqualTo("***");
    assertThat(values.mask("{\"k\":\"-----BEGIN KEY-----\\nMIIBVgIBADAN\\n\"}"))
        .isEqualTo("{\"k\":\"-----BEGIN KEY-----\\n***\\n\"}");
    assertThat(values.mask("> Bgkqhki\"G9w0")).isEqualTo("> ***");
    assertThat(values.mask("Bgkqhki\\\"G9w0")).isEqualTo("***");
    assertThat(values.mask("-----BEGIN KEY-----")).isEqualTo("-----BEGIN KEY-----");
    assertThat(values.mask("abc")).isEqualTo("abc");
  }

  @Test
  void masksAMultiLineSecretOfShortLinesAsAWhole() {
    values.add("ab\ncd\nef");
    assertThat(values.mask("x ab\ncd\nef y")).isEqualTo("x *** y");
    assertThat(values.mask("x ab\\ncd\\nef y")).isEqualTo("x *** y");
  }

  @Test
  void masksVeryLongValues() {
    var random = new Random(7);
    var secret = new StringBuilder();
    while (secret.length() < 30_000) {
      secret.append((char) ('!' + random.nextInt(90)));
    }
    values.add(secret.toString());
    assertThat(values.mask("[" + secret + "]")).isEqualTo("[***]");
    var encoded =
        Base64.getEncoder().encodeToString(secret.toString().getBytes(StandardCharsets.UTF_8));
    // Seams between pieces may leave single characters.
    assertThat(values.mask(encoded).length()).isLessThan(40);
    for (var extra : new int[] {1, 5, 6, 63, 64, 65}) {
      var edge = secret.substring(0, 8 * 1024 + extra);
      values.add(edge);
      assertThat(values.mask(edge)).isEqualTo("***");
    }
  }

  @Test
  void masksLengthsAroundThePieceSize() {
    var text = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".repeat(4);
    for (var length = 6; length < 200; length++) {
      var one = new ProtectedValues();
      one.add(text.substring(3, 3 + length));
      assertThat(one.mask("<" + text.substring(3, 3 + length) + ">")).isEqualTo("<***>");
    }
  }

  @Test
  void findsEachOfManyValuesWithACommonBeginning() {
    var secrets = new ArrayList<String>();
    for (var i = 0; i < 3_000; i++) {
      secrets.add("lsk_common_" + Integer.toString(i * 7919, 36) + "_end");
    }
    secrets.forEach(values::add);
    for (var secret : secrets) {
      assertThat(values.mask("a " + secret + " b")).isEqualTo("a *** b");
    }
    assertThat(values.mask("lsk_common_!_end")).isEqualTo("lsk_common_!_end");
  }

  @Test
  void agreesWithAPlainSearch() {
    var random = new Random(3);
    for (var round = 0; round < 300; round++) {
      var some = new ProtectedValues();
      var secrets = new ArrayList<String>();
      for (var i = 0; i < 20; i++) {
        secrets.add(letters(random, 6 + random.nextInt(6)));
        some.add(secrets.getLast());
      }
      var text = letters(random, 400);
      assertThat(some.mask(text)).isEqualTo(plainly(text, secrets));
    }
  }

  @Test
  void keepsTheValuesUsedLast() {
    var few = new ProtectedValues(10, 1_000_000);
    for (var i = 0; i < 500; i++) {
      few.add("secret number " + i);
      few.add("kept all the time");
    }
    assertThat(few.mask("secret number 5.")).isEqualTo("secret number 5.");
    for (var i = 491; i < 500; i++) {
      assertThat(few.mask("secret number " + i)).isEqualTo("***");
    }
    assertThat(few.mask("kept all the time")).isEqualTo("***");
  }

  @Test
  void keepsNoMoreCharactersThanAllowed() {
    var few = new ProtectedValues(1_000, 20_000);
    var random = new Random(5);
    var secrets = new ArrayList<String>();
    for (var i = 0; i < 100; i++) {
      secrets.add(letters(random, 500));
      few.add(secrets.getLast());
    }
    assertThat(few.mask(secrets.getFirst())).isEqualTo(secrets.getFirst());
    assertThat(few.mask(secrets.getLast())).isEqualTo("***");
  }

  @Test
  void masksWhileOthersAdd() throws Exception {
    values.add("known from the start");
    var failure = new AtomicReference<String>();
    var stop = new AtomicBoolean();
    var running = new CountDownLatch(1);
    var reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get() && failure.get() == null) {
                    var masked = values.mask("x known from the start x");
                    if (!masked.equals("x *** x")) {
                      failure.set(masked);
                    }
                    running.countDown();
                  }
                });
    running.await();
    for (var i = 0; i < 3_000; i++) {
      values.add("another value " + i);
      assertThat(values.mask("another value " + i)).isEqualTo("***");
    }
    stop.set(true);
    reader.join();
    assertThat(failure.get()).isNull();
  }

  private static String letters(Random random, int length) {
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }

  private static String plainly(String text, Iterable<String> secrets) {
    var hidden = new boolean[text.length()];
    for (var secret : secrets) {
      for (var at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        for (var i = at; i < at + secret.length(); i++) {
          hidden[i] = true;
        }
      }
    }
    var masked = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      if (!hidden[i]) {
        masked.append(text.charAt(i));
      } else if (i == 0 || !hidden[i - 1]) {
        masked.append("***");
      }
    }
    return masked.toString();
  }
}
