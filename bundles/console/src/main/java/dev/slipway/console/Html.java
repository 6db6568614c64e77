package dev.slipway.console;

import dev.slipway.api.CommonError;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Text of pages and of what belongs to them. */
public final class Html {
  /** What every resource method of a page produces. */
  public static final String TYPE = "text/html; charset=utf-8";

  private Html() {}

  /**
   * What a template writes, escaped by context. The templates' classes are called as such: an
   * engine would look for them in other loaders.
   */
  public static String of(Consumer<HtmlTemplateOutput> template) {
    var output = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(output));
    return output.toString();
  }

  /** An asset's text; refuses with 404 where there is none. */
  public static String asset(@Nullable InputStream found) {
    if (found == null) {
      throw CommonError.NOT_FOUND.of("asset");
    }
    try (var in = found) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
