package dev.slipway.scriptworker;

import dev.slipway.scriptworker.wire.FrameReader;
import dev.slipway.scriptworker.wire.FrameWriter;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Message;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Does what the host asks for, one thing after another, until the host is gone. */
final class Worker implements Host {
  private final ScriptEngine engine;
  private final FrameReader in;
  private final FrameWriter out;
  private final BlockingQueue<Message> orders = new LinkedBlockingQueue<>();
  private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
  private int calls;

  Worker(ScriptEngine engine, FrameReader in, FrameWriter out) {
    this.engine = engine;
    this.in = in;
    this.out = out;
  }

  /** Returns when the engine should not be used any more. */
  void serve() {
    Thread.ofPlatform().daemon().name("host").start(this::listen);
    engine.warm();
    try {
      say(new Message.Ready());
      var done = done(orders.take());
      while (!engine.spoiled()) {
        say(done, new Message.Ready());
        done = done(orders.take());
      }
      say(done);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Message done(Message order) {
    answers.clear();
    return switch (order) {
      case Message.Run run -> engine.run(run, this);
      case Message.Check check -> new Message.Checked(engine.check(check));
      default -> throw new IllegalStateException("no order: " + order.getClass());
    };
  }

  /** A thread of its own, so that the end of the host is the end of any script. */
  private void listen() {
    try {
      while (true) {
        var message = in.read();
        if (message instanceof Message.Run || message instanceof Message.Check) {
          orders.add(message);
        } else {
          answers.add(message);
        }
      }
    } catch (IOException gone) {
      Runtime.getRuntime().halt(0);
    }
  }

  private void say(Message... messages) {
    try {
      out.write(messages);
    } catch (IOException gone) {
      Runtime.getRuntime().halt(0);
    }
  }

  @Override
  public Message call(String function, String arguments) throws InterruptedException {
    var call = ++calls;
    say(new Message.Call(call, function, arguments));
    // What belongs to a call that was given up stands before the one that is waited for.
    while (true) {
      var answer = answers.take();
      if (callOf(answer) == call) {
        return answer;
      }
    }
  }

  private static int callOf(Message answer) {
    return switch (answer) {
      case Message.Answer(var call, var _) -> call;
      case Message.Refusal(var call, var _, var _) -> call;
      case Message.Stop(var call) -> call;
      default -> throw new IllegalStateException("no answer: " + answer.getClass());
    };
  }

  @Override
  public void log(Message.Level level, String text) {
    say(new Message.Log(level, text));
  }

  @Override
  public void passed(Limit limit) {
    say(new Message.Passed(limit));
  }
}
