{{- define "connector.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 52 characters, so that what is put behind it stays below 63. */}}
{{- define "connector.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "connector.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What selects the connector's pods, and no other pod of the release. */}}
{{- define "connector.selectorLabels" -}}
app.kubernetes.io/name: {{ include "connector.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: connector
{{- end -}}

{{- define "connector.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "connector.labels" -}}
{{ include "connector.selectorLabels" . }}
{{ include "connector.commonLabels" . }}
{{- end -}}

{{/* Labels of a part that is not the connector's pods; call it with (list $ "component"). */}}
{{- define "connector.partLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "connector.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{ include "connector.commonLabels" $root }}
{{- end -}}

{{- define "connector.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "connector.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "connector.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "connector.credentialsSecret" -}}
{{- default (printf "%s-logins" (include "connector.fullname" .)) .Values.credentials.existingSecret -}}
{{- end -}}

{{- define "connector.claim" -}}
{{- default (printf "%s-ledger" (include "connector.fullname" .)) .Values.persistence.existingClaim -}}
{{- end -}}

{{- define "connector.jdbcUrl" -}}
{{- with .Values.database.postgresql -}}
{{- printf "jdbc:postgresql://%s:%d/%s" .host (int .port) .name -}}
{{- with .parameters }}?{{ . }}{{ end -}}
{{- end -}}
{{- end -}}

{{- define "connector.hasCaBundle" -}}
{{- if or .Values.outbound.caBundle.configMap .Values.outbound.caBundle.secret }}yes{{ end -}}
{{- end -}}

{{/*
The settings: those of the user, and what "outbound" adds for all hosts, or for those that it names. What the user has
written himself wins.
*/}}
{{- define "connector.settings" -}}
{{- $config := deepCopy .Values.config -}}
{{- $host := dict -}}
{{- with .Values.outbound.proxy }}{{ $_ := set $host "proxy" . }}{{ end -}}
{{- if include "connector.hasCaBundle" . -}}
{{- $_ := set $host "ssl-bundle" "outbound" -}}
{{- $pem := dict "truststore" (dict "certificate" "file:/etc/celona-mdm/ca/ca.crt") -}}
{{- $config = merge $config (dict "spring" (dict "ssl" (dict "bundle" (dict "pem" (dict "outbound" $pem))))) -}}
{{- end -}}
{{- $http := dict -}}
{{- if not .Values.outbound.hosts -}}
{{- $http = deepCopy $host -}}
{{- else if $host -}}
{{- $hosts := dict -}}
{{- range .Values.outbound.hosts }}{{ $_ := set $hosts (printf "[%s]" .) (deepCopy $host) }}{{ end -}}
{{- $http = dict "hosts" $hosts -}}
{{- end -}}
{{- with .Values.outbound.noProxy }}{{ $_ := set $http "no-proxy" . }}{{ end -}}
{{- if $http -}}
{{- $config = merge $config (dict "connector" (dict "http" $http)) -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}

{{/* Files below config/ beside application.yaml, by folder and name. */}}
{{- define "connector.configFolders" -}}
{{- $folders := dict -}}
{{- with .Values.syncFiles }}{{ $_ := set $folders "syncs" . }}{{ end -}}
{{- with .Values.notificationTemplates }}{{ $_ := set $folders "templates" . }}{{ end -}}
{{- toYaml $folders -}}
{{- end -}}

{{/* All syncs, those in files too, by name. */}}
{{- define "connector.syncs" -}}
{{- $syncs := dict -}}
{{- range $name, $sync := dig "connector" "syncs" dict .Values.config -}}
{{- $_ := set $syncs $name true -}}
{{- end -}}
{{- range $file, $text := .Values.syncFiles -}}
{{- $content := fromYaml $text -}}
{{- if hasKey $content "Error" -}}
{{- fail (printf "syncFiles.%s is no YAML: %s" $file $content.Error) -}}
{{- end -}}
{{- range $name, $sync := $content -}}
{{- if hasKey $syncs $name -}}
{{- fail (printf "sync %s stands twice, the second time in syncFiles.%s" $name $file) -}}
{{- end -}}
{{- $_ := set $syncs $name true -}}
{{- end -}}
{{- end -}}
{{- toYaml $syncs -}}
{{- end -}}

{{/* A CronJob's name has at most 52 characters, and a sync's 40; call it with (list $ sync). */}}
{{- define "connector.cronJobName" -}}
{{- $room := int (sub 51 (len (index . 1))) -}}
{{- printf "%s-%s" (include "connector.fullname" (index . 0) | trunc $room | trimSuffix "-") (index . 1) -}}
{{- end -}}

{{/* A route file's key in its ConfigMap, which takes no slash. */}}
{{- define "connector.routeKey" -}}
{{- . | replace "/" "__" -}}
{{- end -}}

{{/* What the schema cannot say, or not clearly. Rendered first, by the Deployment. */}}
{{- define "connector.checks" -}}
{{- $syncs := include "connector.syncs" . | fromYaml -}}
{{- if not $syncs -}}
{{- fail "config.connector.syncs is empty: name at least one sync, as in ci/jamf-values.yaml" -}}
{{- end -}}
{{- $schedules := .Values.cronJob.schedules -}}
{{- if eq .Values.mode "cronjob" -}}
{{- if not $schedules -}}
{{- fail "mode is cronjob, but cronJob.schedules is empty: say when each sync runs, as in ci/cronjob-values.yaml" -}}
{{- end -}}
{{- range $sync, $when := $schedules -}}
{{- if not (hasKey $syncs $sync) -}}
{{- fail (printf "cronJob.schedules names %s, but the settings have no such sync: they have %s" $sync (keys $syncs | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- if gt (int .Values.replicaCount) 1 -}}
{{- fail "mode is cronjob, where each call is one process: leave replicaCount at 1" -}}
{{- end -}}
{{- if and (eq .Values.database.type "h2") (gt (len $schedules) 1) -}}
{{- fail (printf "cronJob.schedules has %d syncs, whose calls may overlap, but an H2 ledger is a file that one process holds open: set database.type to postgresql, or mode to server" (len $schedules)) -}}
{{- end -}}
{{- if or .Values.serviceMonitor.enabled .Values.prometheusRule.enabled .Values.dashboard.enabled -}}
{{- fail "mode is cronjob, where nothing stays that Prometheus could scrape: switch serviceMonitor, prometheusRule and dashboard off, and watch the Jobs" -}}
{{- end -}}
{{- else if $schedules -}}
{{- fail "cronJob.schedules counts in mode cronjob alone; in mode server each sync has its own schedule in the settings" -}}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled .Values.networkPolicy.enabled (not .Values.networkPolicy.managementNamespaces) (not .Values.networkPolicy.managementFrom) -}}
{{- fail "serviceMonitor.enabled, but the NetworkPolicy lets nobody reach the management port: name the namespace of Prometheus in networkPolicy.managementNamespaces" -}}
{{- end -}}
{{- if eq .Values.database.type "h2" -}}
{{- if gt (int .Values.replicaCount) 1 -}}
{{- fail (printf "replicaCount is %d, but an H2 ledger is a file that one process holds open: set database.type to postgresql, or replicaCount to 1" (int .Values.replicaCount)) -}}
{{- end -}}
{{- else -}}
{{- if not .Values.database.postgresql.host -}}
{{- fail "database.type is postgresql, but database.postgresql.host is empty: name the server's host" -}}
{{- end -}}
{{- if not .Values.database.postgresql.existingSecret -}}
{{- fail "database.type is postgresql, but database.postgresql.existingSecret is empty: name the Secret that has its user name and password" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.outbound.caBundle.configMap .Values.outbound.caBundle.secret -}}
{{- fail "outbound.caBundle names a configMap and a secret: leave one of them empty" -}}
{{- end -}}
{{- end -}}
