package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.IOException;
import java.net.http.HttpHeaders;

/** A complete answer. */
record Answer(int status, HttpHeaders headers, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  /** The body of a success; missing when there is none. */
  JsonNode json() {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED, "the answer is not JSON; is this a Slipway platform?", e);
    }
  }
}
