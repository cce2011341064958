{{/* What every pod has in common: an unprivileged account, nothing writable but /tmp. */}}
{{- define "huaiyou.pod" -}}
automountServiceAccountToken: false
securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: RuntimeDefault } }
volumes: [{ name: tmp, emptyDir: {} }]
{{- end }}

{{- define "huaiyou.container" -}}
image: "{{ .root.Values.image.repository }}-{{ .program }}:{{ .root.Values.image.tag }}"
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
envFrom: [{ secretRef: { name: {{ .secret }} } }]
securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
volumeMounts: [{ name: tmp, mountPath: /tmp }]
resources: {{- toYaml .root.Values.resources | nindent 2 }}
{{- end }}
