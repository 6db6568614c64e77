package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may call an operation, and what they learn who may not. */
final class AccessCases {
  private static final List<String> NO_CREDENTIALS =
      List.of(
          "",
          "garbage",
          "Basic dXNlcjpwYXNz",
          "Bearer",
          "Bearer x",
          "Bearer a.b.c",
          "Bearer lsk_short",
          "Bearer eyJhbGciOiJub25lIn0.e30.",
          "Bearer " + "x".repeat(8_000));

  private final Calls calls;
  private final Callers callers;
  private final Operation operation;

  AccessCases(Calls calls, Callers callers) {
    this.calls = calls;
    this.callers = callers;
    operation = calls.operation();
  }

  void add(Cases cases) {
    if (operation.guarded()) {
      cases.add("no credential", () -> unauthenticated(callers.anyone()));
      cases.add(
          "what is no credential",
          () ->
              NO_CREDENTIALS.forEach(
                  text -> unauthenticated(callers.owner().with("Authorization", text))));
    }
    if (operation.ofTenant()) {
      tenants(cases);
    }
    var low = tooLow();
    if (low != null) {
      cases.add("too low a role", () -> calls.refused(403, calls.call(low, calls.known())));
    }
    if (operation.guarded() && operation.path().contains("{")) {
      cases.add("unknown object", () -> unknown(callers.owner()));
      if (calls.named() && !operation.access().startsWith("root")) {
        cases.add("object of another tenant", this::foreign);
      }
    }
  }

  private void unauthenticated(TestClient client) {
    var answer = calls.refused(401, calls.call(client, calls.known()));
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
  }

  private void tenants(Cases cases) {
    var owner = callers.owner();
    cases.add(
        "no tenant chosen",
        () -> calls.refused(400, calls.call(owner.without("X-Tenant-ID"), calls.known())));
    cases.add(
        "tenant that is no id",
        () -> {
          for (var text : List.of("nonsense", "1", "x".repeat(500), "{}", "' or 1=1 --")) {
            calls.refusedFor(
                "X-Tenant-ID", calls.call(owner.with("X-Tenant-ID", text), calls.known()));
          }
        });
    cases.add(
        "tenant without a seat",
        () -> {
          var nowhere = owner.with("X-Tenant-ID", Calls.nobody());
          var unknown = calls.refused(403, calls.call(nowhere, calls.known()));
          var intruder =
              callers.stranger().with("X-Tenant-ID", owner.header("X-Tenant-ID").orElseThrow());
          sameShape(unknown, calls.refused(403, calls.call(intruder, calls.known())));
        });
  }

  private @Nullable TestClient tooLow() {
    return switch (operation.access()) {
      case "tenant-admin", "tenant-owner" -> callers.member();
      case "root-admin", "root-owner" -> callers.stranger();
      default -> null;
    };
  }

  private Answer unknown(TestClient client) {
    var answer = calls.call(client, calls.unknown());
    if (operation.body() != null && operation.bodySchema().isMissingNode()) {
      // Bytes that are no file of the wanted kind may be refused first.
      calls.refused(answer);
      return answer;
    }
    return calls.refused(404, answer);
  }

  private void foreign() {
    sameShape(
        unknown(callers.stranger()),
        calls.refused(404, calls.call(callers.stranger(), calls.known())));
  }

  /** Two refusals tell the same: one code, one sentence. */
  private static void sameShape(Answer first, Answer second) {
    for (var member : List.of("code", "error", "title", "type")) {
      assertThat(second.at("/" + member)).as(member).isEqualTo(first.at("/" + member));
    }
    assertThat(second.json().properties().stream().map(Map.Entry::getKey).toList())
        .isEqualTo(first.json().properties().stream().map(Map.Entry::getKey).toList());
    assertThat(second.fields()).isEqualTo(first.fields());
  }
}
