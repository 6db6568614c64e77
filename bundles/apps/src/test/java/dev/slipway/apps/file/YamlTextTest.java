package dev.slipway.apps.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
  static AppFile read(String text) {
    return YamlText.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onlyWhatJsonWritesTheSameWayIsNoText() {
    var file =
        read(
            """
            # A comment.
            text: hello
            number: 3000
            half: 0.5
            yes_or_no: true
            nothing:
            tilde: ~
            quoted: "3000"
            list: [a, 1, null]
            block: |
              two
              lines
            no_bool: no
            no_number: 0x10
            no_octal: 010
            no_time: 12:30:00
            no_date: 2026-01-01
            no_float: 1_000
            """);
    assertThat(file.content())
        .isEqualTo(
            members(
                "text", "hello",
                "number", 3000,
                "half", 0.5,
                "yes_or_no", true,
                "quoted", "3000",
                "list", Arrays.asList("a", 1, null),
                "block", "two\nlines\n",
                "no_bool", "no",
                "no_number", "0x10",
                "no_octal", "010",
                "no_time", "12:30:00",
                "no_date", "2026-01-01",
                "no_float", "1_000"));
  }

  @Test
  void everyMemberHasItsLine() {
    var file = read("a:\n  b: 1\n  c:\n    - x\n    - y\n");
    assertThat(file.lines()).isEqualTo(Map.of("a", 1, "a.b", 2, "a.c", 3, "a.c.0", 4, "a.c.1", 5));
    var placed =
        file.placed(
            List.of(new FieldError("a.c.1", "is y"), new FieldError("a.d.e", "is missing")));
    assertThat(placed)
        .containsExactly(
            new FieldError("a.c.1", "is y (line 5)"),
            new FieldError("a.d.e", "is missing (line 1)"));
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    var content =
        members(
            "plain", "text",
            "looks", List.of("true", "null", "~", "", "1", "1.5", "1e3", "-0", "no", "0x1f", "08"),
            "odd", List.of("a: b", "# c", "- d", "*e", "&f", "!g", "{h", "[i", "%j", "@k", "`l"),
            "spaces", List.of(" a", "a ", "a\nb\n", "\ttab", "a\u0007b", "ä € 😀", "'\"\\"),
            "long", "x".repeat(300) + " " + "y".repeat(300),
            "inner", members("empty", Map.of(), "none", List.of(), "number", 7, "real", 0.25));
    assertThat(read(YamlText.write(content)).content()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing\n",
        "- a\n",
        "text\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\na: 2\n",
        "a: &x 1\nb: *x\n",
        "a: *x\n",
        "a: !!java.net.URL [http://localhost]\n",
        "a: !!str 1\n",
        "a: ! 1\n",
        "!x {a: 1}\n",
        "? [a]\n: 1\n",
        "a: [1\n",
        "\ta: 1\n",
        "a: \"\\x\"\n",
        "a: b: c\n",
        "%YAML 9.9\n---\na: 1\n",
        "a: \u0007\n"
      })
  void everythingElseIsRefused(String text) {
    assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)).code())
        .isEqualTo(CommonError.MALFORMED);
  }

  @Test
  void aFileNeitherGrowsNorNestsWithoutEnd() {
    var deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    assertThat(refusal(deep).code()).isEqualTo(CommonError.MALFORMED);
    var nested =
        ("a: " + "{a: ".repeat(30) + "1" + "}".repeat(30)).getBytes(StandardCharsets.UTF_8);
    assertThat(refusal(nested)).hasMessageContaining("nested too deeply");
    assertThat(refusal(new byte[] {(byte) 0xff, (byte) 0xfe})).hasMessageContaining("UTF-8");
    assertThat(read("a: 1e999\nb: 123456789012345678901234567890\n").content())
        .isEqualTo(members("a", "1e999", "b", "123456789012345678901234567890"));
  }

  @Test
  void aFaultInTheTextHasItsPlace() {
    assertThat(refusal("a: 1\nb: [2\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("line 3");
    assertThat(refusal("a: 1\n\n\na: 2\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("line 4, column 1");
  }

  private static PlatformException refusal(byte[] bytes) {
    var refusal = catchThrowableOfType(PlatformException.class, () -> YamlText.read(bytes));
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
  }

  private static Map<String, @Nullable Object> members(Object... pairs) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    for (var i = 0; i < pairs.length; i += 2) {
      members.put((String) pairs[i], pairs[i + 1]);
    }
    return members;
  }
}
