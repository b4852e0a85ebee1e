package io.celonamdm.work;

import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.springframework.stereotype.Component;

/**
 * Builds Celona's uploads as multipart bodies: UTF-8 without a byte order mark, the CSV as a file part. The part names
 * come from "Celona eSIM Lifecycle Management" and "Bulk Device Activation and Device Group Assignment API".
 */
@Component
public class Uploads {
    private static final ContentType CSV = ContentType.create("text/csv", StandardCharsets.UTF_8);

    /** The body of assign-eid: the file part {@code eidFile} and the form field {@code customer_id}. */
    public HttpEntity eids(@Body String csv, @ExchangeProperty("sync") Sync sync) {
        return multipart()
                .addTextBody("customer_id", sync.celona().customerId(), ContentType.TEXT_PLAIN.withCharset("UTF-8"))
                .addBinaryBody("eidFile", csv.getBytes(StandardCharsets.UTF_8), CSV, "assign-eid.csv")
                .build();
    }

    /** The body of activation-from-file: the file part {@code simDataFile}. */
    public HttpEntity simData(@Body String csv) {
        return multipart()
                .addBinaryBody("simDataFile", csv.getBytes(StandardCharsets.UTF_8), CSV, "activation.csv")
                .build();
    }

    private static MultipartEntityBuilder multipart() {
        // otherwise the header would carry a charset that belongs only to the parts
        return MultipartEntityBuilder.create().setContentType(ContentType.create("multipart/form-data"));
    }
}
