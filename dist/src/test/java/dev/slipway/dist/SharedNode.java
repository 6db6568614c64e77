package dev.slipway.dist;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One platform for all test classes that leave it running; stopped after the last of them. */
final class SharedNode implements ParameterResolver {
  private static final Namespace PLACE = Namespace.create(SharedNode.class);

  /** It runs, and the owner has logged in. */
  record Running(Node node, Client client) implements AutoCloseable {
    static Running start() {
      try {
        // A new one: on a used folder, the node that it was made by would be missed.
        var node = Node.create().asOwner();
        node.start("--agent", "process");
        var client = new Client(node);
        client.login(Node.EMAIL, Node.PASSWORD);
        return new Running(node, client);
      } catch (Exception e) {
        throw new IllegalStateException("the shared platform did not start", e);
      }
    }

    @Override
    public void close() throws Exception {
      node.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(PLACE)
        .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
  }
}
