package io.celonamdm.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Lets the {@code TestRestTemplate} of a test sign in as an operator, and read JSON as tests do. */
@TestConfiguration(proxyBeanMethods = false)
public class SignedInRestTemplate {
    @Bean
    RestTemplateBuilder operatorsLogin() {
        return builder().basicAuthentication(Login.OPERATOR.user(), Login.OPERATOR.password());
    }

    /** One that signs in as nobody. */
    public static TestRestTemplate ofNobody() {
        return new TestRestTemplate(builder());
    }

    private static RestTemplateBuilder builder() {
        return new RestTemplateBuilder()
                .additionalCustomizers(
                        template -> template.getMessageConverters().add(0, new JsonAnswers()));
    }

    /** Spring's own converter reads the trees of Jackson 3 alone; what is read in a vendor's answer is one of Jackson 2. */
    private static final class JsonAnswers extends AbstractHttpMessageConverter<JsonNode> {
        private final ObjectMapper mapper = new ObjectMapper();

        JsonAnswers() {
            super(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));
        }

        @Override
        protected boolean supports(Class<?> type) {
            return JsonNode.class.isAssignableFrom(type);
        }

        @Override
        protected JsonNode readInternal(Class<? extends JsonNode> type, HttpInputMessage message) throws IOException {
            return mapper.readTree(message.getBody());
        }

        @Override
        protected void writeInternal(JsonNode tree, HttpOutputMessage message) throws IOException {
            mapper.writeValue(message.getBody(), tree);
        }
    }
}
