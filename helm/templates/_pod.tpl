{{/* The pod of the connector; call it with (list $ sync), where the sync is empty for the pod that stays. */}}
{{- define "connector.pod" -}}
{{- $root := index . 0 -}}
{{- $sync := index . 1 -}}
{{- with $root -}}
{{- $h2 := eq .Values.database.type "h2" -}}
metadata:
  labels:
    {{- include "connector.labels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # what counts from the next start only starts new pods when it changes; files of syncs are read again by themselves
    checksum/config: {{ list (include "connector.settings" .) .Values.notificationTemplates | toYaml | sha256sum }}
    checksum/routes: {{ toYaml (list .Values.routes .Values.customRoutes) | sha256sum }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "connector.serviceAccountName" . }}
  automountServiceAccountToken: false
  # variables of Services whose name begins with "connector" would be taken for settings, and refused
  enableServiceLinks: false
  {{- if $sync }}
  # one try: what is left over is done by the next call, which begins where this one ended
  restartPolicy: Never
  {{- end }}
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  securityContext:
    {{- toYaml .Values.podSecurityContext | nindent 4 }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml .Values.topologySpreadConstraints | nindent 4 }}
  {{- else if gt (int .Values.replicaCount) 1 }}
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - topologyKey: {{ . }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "connector.selectorLabels" $root | nindent 10 }}
    {{- end }}
  {{- end }}
  containers:
    - name: connector
      image: {{ include "connector.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      securityContext:
        {{- toYaml .Values.securityContext | nindent 8 }}
      {{- if $sync }}
      args: [--run={{ $sync }}{{ with .Values.cronJob.succeedOn }}, "--ok={{ join "," . }}"{{ end }}]
      {{- else }}
      ports:
        - name: http
          containerPort: 8080
        - name: management
          containerPort: 8081
      {{- end }}
      {{- with .Values.secrets.env }}
      envFrom:
        {{- range . }}
        - secretRef:
            name: {{ . }}
        {{- end }}
      {{- end }}
      env:
        # so many processes share what a host allows
        - name: CONNECTOR_HTTP_REPLICAS
          value: {{ ternary (len .Values.cronJob.schedules) .Values.replicaCount (ne $sync "") | quote }}
        {{- if not $sync }}
        - name: SERVER_ADDRESS
          value: "0.0.0.0"
        - name: SERVER_PORT
          value: "8080"
        - name: MANAGEMENT_SERVER_ADDRESS
          value: "0.0.0.0"
        - name: MANAGEMENT_SERVER_PORT
          value: "8081"
        {{- range $user, $role := dict "operator" "OPERATOR" "viewer" "VIEWER" }}
        - name: CONNECTOR_SECURITY_USERS_{{ upper $user }}_ROLE
          value: {{ $role }}
        - name: CONNECTOR_SECURITY_USERS_{{ upper $user }}_PASSWORD
          valueFrom:
            secretKeyRef:
              name: {{ include "connector.credentialsSecret" $root }}
              key: {{ $user }}-password-hash
        {{- end }}
        {{- end }}
        {{- if not $h2 }}
        - name: SPRING_DATASOURCE_URL
          value: {{ include "connector.jdbcUrl" . | quote }}
        - name: SPRING_DATASOURCE_USERNAME
          valueFrom:
            secretKeyRef:
              name: {{ .Values.database.postgresql.existingSecret }}
              key: {{ .Values.database.postgresql.usernameKey }}
        - name: SPRING_DATASOURCE_PASSWORD
          valueFrom:
            secretKeyRef:
              name: {{ .Values.database.postgresql.existingSecret }}
              key: {{ .Values.database.postgresql.passwordKey }}
        {{- end }}
        {{- if .Values.secrets.files }}
        - name: SPRING_CONFIG_IMPORT
          value: configtree:/etc/celona-mdm/secrets/*/
        {{- end }}
        {{- with .Values.javaOptions }}
        - name: JDK_JAVA_OPTIONS
          value: {{ . | quote }}
        {{- end }}
        {{- with .Values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if not $sync }}
      startupProbe:
        httpGet:
          path: /actuator/health/liveness
          port: management
        {{- toYaml .Values.startupProbe | nindent 8 }}
      livenessProbe:
        httpGet:
          path: /actuator/health/liveness
          port: management
        {{- toYaml .Values.livenessProbe | nindent 8 }}
      readinessProbe:
        httpGet:
          path: /actuator/health/readiness
          port: management
        {{- toYaml .Values.readinessProbe | nindent 8 }}
      {{- end }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      volumeMounts:
        - name: config
          mountPath: /app/config
          readOnly: true
        - name: tmp
          mountPath: /tmp
        {{- if $h2 }}
        - name: ledger
          mountPath: /app/data
        {{- end }}
        {{- /* file by file: a ConfigMap's folder has each file twice, once below a hidden folder */}}
        {{- range $path, $text := .Values.routes }}
        - name: routes
          mountPath: /app/routes/{{ $path }}
          subPath: {{ include "connector.routeKey" $path }}
          readOnly: true
        {{- end }}
        {{- range $path, $text := .Values.customRoutes }}
        - name: custom-routes
          mountPath: /app/custom-routes/{{ $path }}
          subPath: {{ include "connector.routeKey" $path }}
          readOnly: true
        {{- end }}
        {{- range $i, $secret := .Values.secrets.files }}
        - name: secrets-{{ $i }}
          mountPath: /etc/celona-mdm/secrets/{{ $secret }}
          readOnly: true
        {{- end }}
        {{- if include "connector.hasCaBundle" . }}
        - name: ca-bundle
          mountPath: /etc/celona-mdm/ca
          readOnly: true
        {{- end }}
        {{- with .Values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: config
      configMap:
        name: {{ include "connector.fullname" . }}-config
        items:
          - key: application.yaml
            path: application.yaml
          {{- range $folder, $files := include "connector.configFolders" . | fromYaml }}
          {{- range $name, $text := $files }}
          - key: {{ $folder }}__{{ $name }}
            path: {{ $folder }}/{{ $name }}
          {{- end }}
          {{- end }}
    - name: tmp
      emptyDir:
        sizeLimit: {{ .Values.tmpSizeLimit }}
    {{- if $h2 }}
    - name: ledger
      persistentVolumeClaim:
        claimName: {{ include "connector.claim" . }}
    {{- end }}
    {{- if .Values.routes }}
    - name: routes
      configMap:
        name: {{ include "connector.fullname" . }}-routes
    {{- end }}
    {{- if .Values.customRoutes }}
    - name: custom-routes
      configMap:
        name: {{ include "connector.fullname" . }}-custom-routes
    {{- end }}
    {{- range $i, $secret := .Values.secrets.files }}
    - name: secrets-{{ $i }}
      secret:
        secretName: {{ $secret }}
        defaultMode: 0440
    {{- end }}
    {{- with .Values.outbound.caBundle }}
    {{- if or .configMap .secret }}
    - name: ca-bundle
      {{- if .configMap }}
      configMap:
        name: {{ .configMap }}
      {{- else }}
      secret:
        secretName: {{ .secret }}
      {{- end }}
        items:
          - key: {{ .key }}
            path: ca.crt
    {{- end }}
    {{- end }}
    {{- with .Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
{{- end -}}
