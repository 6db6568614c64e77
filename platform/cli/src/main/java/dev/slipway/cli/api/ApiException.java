package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The platform refused a call; carries what its problem+json says. */
public final class ApiException extends CliException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_FIELDS = 20;

  private final int status;
  private final transient JsonNode problem;

  private ApiException(int status, String message, List<String> details, JsonNode problem) {
    super(exitCode(status), message, details);
    this.status = status;
    this.problem = problem;
  }

  static ApiException of(Answer answer) {
    var problem = problem(answer);
    var message = "the platform answered " + answer.status();
    for (var field : List.of("error", "detail", "title")) {
      if (!problem.path(field).asText("").isBlank()) {
        message = problem.path(field).asText();
        break;
      }
    }
    return new ApiException(answer.status(), message, details(answer, problem), problem);
  }

  public int status() {
    return status;
  }

  /** A further member of the refusal; missing where there is none. */
  public JsonNode member(String name) {
    return problem.path(name);
  }

  /** The platform may well answer otherwise in a moment. */
  public boolean isPassing() {
    return status == 429 || status >= 500;
  }

  private static List<String> details(Answer answer, JsonNode problem) {
    var details = new ArrayList<String>();
    for (var field : problem.path("errors")) {
      if (details.size() == MAX_FIELDS) {
        break;
      }
      var name = field.path("field").asText(field.path("pointer").asText("?"));
      details.add(name + ": " + field.path("message").asText(field.path("detail").asText("")));
    }
    if (answer.status() >= 300 && answer.status() < 400) {
      answer.headers().firstValue("Location").ifPresent(to -> details.add("redirects to " + to));
    }
    answer.headers().firstValue("Retry-After").ifPresent(s -> details.add("retry after: " + s));
    answer.headers().firstValue("X-Request-ID").ifPresent(id -> details.add("request id: " + id));
    return details;
  }

  private static JsonNode problem(Answer answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (IOException e) {
      // A proxy's page or plain text: the status alone has to do.
      return MissingNode.getInstance();
    }
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.DENIED;
      case 404 -> ExitCode.NOT_FOUND;
      default -> ExitCode.FAILED;
    };
  }
}
