{{- if .Values.refused }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}_refused
{{- end }}
