package dev.slipway.api.ai;

import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.Setup;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever runs language models: answers questions and proposes calls of the tools that it is told
 * of. It never calls a tool itself. What a tenant sets up is an account there, or the address of a
 * model of its own. Permission {@code offers:ai-provider}. Each call ends within two minutes.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface AiProvider extends Offering {
  /** The models that can be asked, the recommended one first. */
  List<AiModel> models(Setup setup) throws RemoteFailure, InterruptedException;

  /**
   * Continues a conversation by one message. Nothing is kept of it: the whole conversation comes
   * with each call.
   *
   * @throws RemoteFailure where there is no answer; {@code REFUSED} also where the model is unknown
   *     or the conversation too long for it
   */
  AiReply chat(AiRequest request, Setup setup) throws RemoteFailure, InterruptedException;
}
