package com.example.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.ai.AiMessage;
import dev.slipway.api.ai.AiModel;
import dev.slipway.api.ai.AiRequest;
import dev.slipway.api.offering.Setup;
import dev.slipway.testkit.Parts;
import dev.slipway.testkit.RemoteHttp;
import dev.slipway.testkit.contract.AiProviderContract;
import dev.slipway.testkit.contract.Remote;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ChatProviderIT {
  static final String KEY = "sk-of-the-test";
  static final RemoteHttp SERVER = RemoteHttp.start(new FakeChatServer(KEY)::answer);
  static final ChatProvider PROVIDER = new ChatProvider(Parts.egress(), Parts.json());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  static Setup setup(URI url) {
    return new Setup(Map.of("url", url + "/v1", "api_key", KEY, "model", "parrot-1"));
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    return AiProviderContract.tests(new Remote<>(PROVIDER, SERVER, ChatProviderIT::setup));
  }

  @Test
  void recommendedModelComesFirstAndTokensAreTold() throws Exception {
    SERVER.recover();
    var setup = setup(SERVER.url());
    assertThat(PROVIDER.models(setup)).extracting(AiModel::id).containsExactly("parrot-1", "owl-2");
    var asked = AiRequest.of("parrot-1", List.of(AiMessage.user("echo {}"))).asJson();
    var reply = PROVIDER.chat(asked, setup);
    assertThat(reply.inputTokens()).isEqualTo(12);
    assertThat(reply.outputTokens()).isEqualTo(3);
    assertThat(SERVER.requests().getLast().body()).contains("json_object");
  }
}
