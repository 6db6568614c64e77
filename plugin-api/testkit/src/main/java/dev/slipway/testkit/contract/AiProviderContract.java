package dev.slipway.testkit.contract;

import dev.slipway.api.ai.AiMessage;
import dev.slipway.api.ai.AiModel;
import dev.slipway.api.ai.AiProvider;
import dev.slipway.api.ai.AiReply;
import dev.slipway.api.ai.AiRequest;
import dev.slipway.api.offering.RemoteFailure;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/**
 * What every {@link AiProvider} promises; for a {@code @TestFactory}. The model that the test plays
 * answers the last message: {@code echo WORDS} with the words; {@code call TOOL} by proposing a
 * call of that tool with the argument {@code city: Ulm}; a tool's outcome with its text; and {@code
 * talk} with more tokens than the bound of the answer, cut off there.
 */
public final class AiProviderContract {
  private static final AiRequest.Tool WEATHER =
      new AiRequest.Tool(
          "weather",
          "Tells the weather of a city",
          "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

  private AiProviderContract() {}

  /** The cases. */
  public static Stream<DynamicNode> tests(Remote<? extends AiProvider> remote) {
    var checks = new Checks(remote);
    var cases = new Cases();
    Remote.addDescription(cases, remote.offering(), remote.usual());
    cases.add("models are told, each once", checks::models);
    cases.add("a question is answered", checks::answered);
    cases.add("a conversation is continued as a whole", checks::continued);
    cases.add("a tool is proposed, and its outcome taken", checks::tools);
    cases.add("an answer is cut off at its bound", checks::bounded);
    cases.add("an unknown model is refused", checks::unknownModel);
    remote.addFailures(cases, setup -> remote.offering().chat(checks.ask("echo a"), setup));
    remote.addGarbage(cases, setup -> remote.offering().chat(checks.ask("echo a"), setup));
    remote.addGarbage(cases, setup -> remote.offering().models(setup));
    return cases.all();
  }

  private record Checks(Remote<? extends AiProvider> remote) {
    private List<AiModel> all() throws Exception {
      remote.side().recover();
      return remote.offering().models(remote.usual());
    }

    /** A request that needs no look at the other side, which may be failing. */
    AiRequest ask(String text) {
      return AiRequest.of("any", List.of(AiMessage.user(text)));
    }

    private AiReply say(AiMessage... messages) throws Exception {
      return chat(AiRequest.of(all().getFirst().id(), List.of(messages)));
    }

    private AiReply chat(AiRequest request) throws Exception {
      var reply = remote.offering().chat(request, remote.usual());
      Assertions.assertEquals(AiMessage.Role.ASSISTANT, reply.message().role(), "role");
      Assertions.assertTrue(reply.inputTokens() >= 0 && reply.outputTokens() >= 0, "tokens");
      return reply;
    }

    void models() throws Exception {
      var models = all();
      Assertions.assertFalse(models.isEmpty(), "there is none");
      var ids = new HashSet<String>();
      for (var model : models) {
        Assertions.assertTrue(ids.add(model.id()), model.id() + " is there twice");
        Assertions.assertTrue(model.contextTokens() >= 0, model + " takes in less than nothing");
      }
    }

    void answered() throws Exception {
      var words = "ä \"quoted\" \\ 火\nnext line";
      var reply = say(AiMessage.system("Be brief."), AiMessage.user("echo " + words));
      Assertions.assertEquals(words, reply.message().text());
      Assertions.assertEquals(AiReply.End.DONE, reply.end());
      Assertions.assertTrue(reply.message().calls().isEmpty(), "calls");
    }

    void continued() throws Exception {
      var reply =
          say(
              AiMessage.user("echo one"),
              AiMessage.assistant("one", List.of()),
              AiMessage.user("echo two"));
      Assertions.assertEquals("two", reply.message().text());
      var sent = remote.side().requests().getLast().body();
      Assertions.assertTrue(sent.contains("echo one") && sent.contains("echo two"), sent);
    }

    void tools() throws Exception {
      var question = AiMessage.user("call weather");
      var request =
          AiRequest.of(all().getFirst().id(), List.of(question)).withTools(List.of(WEATHER));
      var proposed = chat(request);
      Assertions.assertEquals(AiReply.End.CALLS, proposed.end());
      var call = proposed.message().calls().getFirst();
      Assertions.assertEquals("weather", call.tool());
      Assertions.assertEquals("Ulm", call.arguments().get("city"));
      var whole = List.of(question, proposed.message(), AiMessage.outcome(call.id(), "It rains."));
      var told = chat(AiRequest.of(request.model(), whole).withTools(List.of(WEATHER)));
      Assertions.assertEquals(AiReply.End.DONE, told.end());
      Assertions.assertTrue(told.message().text().contains("It rains."), told.toString());
    }

    void bounded() throws Exception {
      var request = AiRequest.of(all().getFirst().id(), List.of(AiMessage.user("talk")));
      Assertions.assertEquals(AiReply.End.LENGTH, chat(request.withMaxTokens(3)).end());
    }

    void unknownModel() {
      remote.side().recover();
      var request = AiRequest.of("no-such-model", List.of(AiMessage.user("echo a")));
      var failure =
          Assertions.assertThrows(
              RemoteFailure.class, () -> remote.offering().chat(request, remote.usual()));
      Assertions.assertEquals(RemoteFailure.Reason.REFUSED, failure.reason());
    }
  }
}
