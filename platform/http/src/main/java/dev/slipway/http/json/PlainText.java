package dev.slipway.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import dev.slipway.api.CommonError;
import java.io.IOException;

/**
 * Refuses texts that are valid JSON but no text that can be kept: PostgreSQL stores no NUL, and
 * half of a surrogate pair is no character. Checked on tokens, so that it holds for names and free
 * values as well.
 */
final class PlainText extends JsonParserDelegate {
  PlainText(JsonParser parser) {
    super(parser);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    var token = super.nextToken();
    if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
      check();
    }
    return token;
  }

  private void check() throws IOException {
    var text = getTextCharacters();
    var end = getTextOffset() + getTextLength();
    for (var i = getTextOffset(); i < end; i++) {
      var c = text[i];
      if (c == 0) {
        throw refusal("must not contain the character NUL");
      }
      if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text[i + 1])) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw refusal("must not contain half of a surrogate pair");
      }
    }
  }

  private RuntimeException refusal(String message) {
    var field = new StringBuilder();
    for (var step = getParsingContext().pathAsPointer(); !step.matches(); step = step.tail()) {
      field.append(field.isEmpty() ? "" : ".").append(name(step));
    }
    return field.isEmpty()
        ? CommonError.MALFORMED.of("it " + message)
        : CommonError.INVALID.of().withField(field.toString(), message);
  }

  /** The name may be what is at fault; an answer repeats only what is harmless. */
  private static String name(JsonPointer step) {
    var text = step.getMatchingProperty();
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? text : "?";
  }
}
