apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ (.Values.deployment | default dict).replicas | default 1 }}
  selector:
    matchLabels:
      app.kubernetes.io/name: traefik
  template:
    metadata:
      labels:
        app.kubernetes.io/name: traefik
    spec:
      priorityClassName: {{ .Values.priorityClassName | default "" | quote }}
      containers:
        - name: traefik
          image: stand-in
