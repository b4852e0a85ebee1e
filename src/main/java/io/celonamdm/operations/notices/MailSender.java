package io.celonamdm.operations.notices;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/** Sends a mail within a deadline, however slowly the relay talks: the timeouts of Jakarta Mail are for each read. */
@Component("mailSender")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public class MailSender extends DefaultJavaMailSender {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final Duration deadline;
    private final MailSockets sockets = new MailSockets();

    /** Makes the sender of one channel. */
    public MailSender() {
        this(DEADLINE);
    }

    MailSender(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public synchronized void send(MimeMessage message) throws MessagingException {
        String factory = "mail.%s.socketFactory".formatted(getProtocol());
        Properties session = getSession().getProperties();
        session.put(factory, sockets);
        // otherwise a connection that was closed in its handshake is made once more without the factory
        session.put(factory + ".fallback", "false");
        MailSockets.Watch watch = sockets.watch(deadline);
        try {
            super.send(message);
        } catch (MessagingException e) {
            throw watch.isOver()
                    ? new MessagingException(
                            "%s did not take the mail within %d s".formatted(getHost(), deadline.toSeconds()))
                    : e;
        } finally {
            watch.end();
        }
    }
}
