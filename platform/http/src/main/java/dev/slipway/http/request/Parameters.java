package dev.slipway.http.request;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.IfMatch;
import java.util.Objects;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/**
 * Hands resource methods the caller, the page and the expected version, so that none reads a header
 * by itself.
 */
public final class Parameters implements ValueParamProvider {
  @Override
  public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
    var type = parameter.getRawType();
    if (type == Caller.class) {
      return request -> Objects.requireNonNull(Exchange.current().caller());
    }
    if (type == PageRequest.class) {
      return request ->
          new PageRequest(
              number(request, "limit", PageRequest.DEFAULT_LIMIT), number(request, "offset", 0));
    }
    if (type == IfMatch.class) {
      return Parameters::expected;
    }
    return null;
  }

  @Override
  public PriorityType getPriority() {
    return Priority.HIGH;
  }

  private static int number(ContainerRequest request, String name, int otherwise) {
    var text = request.getUriInfo().getQueryParameters().getFirst(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw CommonError.INVALID.of().withField(name, "must be a whole number");
    }
  }

  private static IfMatch expected(ContainerRequest request) {
    var text = request.getHeaderString("If-Match");
    if (text == null || text.trim().equals("*")) {
      return new IfMatch(null);
    }
    var tag = text.trim();
    if (!tag.matches("\"\\d{1,18}\"")) {
      throw CommonError.INVALID
          .of()
          .withField("If-Match", "must be one strong ETag of this object");
    }
    return new IfMatch(Long.valueOf(tag.substring(1, tag.length() - 1)));
  }
}
