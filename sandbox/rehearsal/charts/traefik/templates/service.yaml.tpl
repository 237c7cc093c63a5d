{{- $service := .Values.service | default dict -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
  annotations:
    {{- toYaml ($service.annotations | default dict) | nindent 4 }}
spec:
  type: LoadBalancer
  {{- with $service.spec }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  selector:
    app.kubernetes.io/name: traefik
  ports:
    - { name: websecure, port: 443, targetPort: 8443 }
