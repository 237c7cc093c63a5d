{{- if .Values.broken }}
{{- fail (printf "the greeting %s is broken" .Values.greeting) }}
{{- end }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  {{- if .Values.random }}
  annotations: { random: {{ randAlphaNum 16 }} }
  {{- end }}
data:
  greeting: {{ .Values.greeting | quote }}
